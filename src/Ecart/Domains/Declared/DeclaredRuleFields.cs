using Ecart.Rules;

namespace Ecart.Domains.Declared;

/// <summary>What rules and exceptions of a declared domain can ask of an event.</summary>
internal static class DeclaredRuleFields
{
    public static RuleFields<DeclaredContext> Of(DeclaredPlan plan)
    {
        DomainDeclaration declaration = plan.Declaration;
        return new(declaration.Name, [.. Event(declaration), .. DeclaredNames.Derived, .. Windows(declaration), .. Compared(plan), .. DeclaredNames.Compared])
        {
            LocalTime = static (in DeclaredContext c) => c.Event.LocalTime,
            Windows = new(
                declaration.Entity,
                [declaration.Entity, .. declaration.OtherEntities],
                [.. declaration.Fields.Select(field => field.Name)],
                static (in DeclaredContext c) => c.Windows),
        };
    }

    private static IEnumerable<RuleField<DeclaredContext>> Event(DomainDeclaration declaration)
    {
        foreach ((int index, DeclaredFieldOptions field) in declaration.Fields.Index())
        {
            string description = field.Required ? "field of the event" : "field of the event; null when unknown";
            yield return field.Type switch
            {
                DeclaredFieldType.Text => new TextField<DeclaredContext>(
                    field.Name, description, (in DeclaredContext c) => c.Event.Texts[index], field.Values.Count > 0 ? TextForm.OneOf(field.Values) : null),
                DeclaredFieldType.Condition => new ConditionField<DeclaredContext>(
                    field.Name, description, (in DeclaredContext c) => double.IsNaN(c.Event.Numbers[index]) ? null : c.Event.Numbers[index] != 0),
                _ => new NumberField<DeclaredContext>(field.Name, description, (in DeclaredContext c) => c.Event.Numbers[index]),
            };
        }
    }

    private static IEnumerable<RuleField<DeclaredContext>> Windows(DomainDeclaration declaration)
    {
        // The same window under two names has one place.
        var places = new List<(RuleWindowKind, string, string?, double)>();
        foreach (DeclaredWindowOptions window in declaration.Windows)
        {
            (RuleWindowKind, string, string?, double) key = (window.Kind, window.Entity.Length == 0 ? declaration.Entity : window.Entity, window.Field, window.Minutes);
            int place = places.IndexOf(key);
            if (place < 0)
            {
                place = places.Count;
                places.Add(key);
            }

            yield return new NumberField<DeclaredContext>(
                window.Name, "window of earlier events", (in DeclaredContext c) => c.Windows is { } values ? values[place] : double.NaN);
        }
    }

    private static IEnumerable<RuleField<DeclaredContext>> Compared(DeclaredPlan plan)
    {
        for (int i = 0; i < plan.Declaration.Deviations.Count; i++)
        {
            int place = i;
            yield return new NumberField<DeclaredContext>(
                DeclaredNames.DeviationOf(plan.Measures[i].Name),
                "standard deviations from the entity's mean; null without a profile",
                (in DeclaredContext c) => place < c.Deviations.Length ? c.Deviations[place] : double.NaN);
        }

        for (int i = 0; i < plan.Declaration.Novelty.Count; i++)
        {
            int place = i;
            yield return new ConditionField<DeclaredContext>(
                DeclaredNames.NoveltyOf(plan.Declaration.Novelty[i].Field),
                "whether the entity never had the value; null while too little is known",
                (in DeclaredContext c) => c.ValueEvents >= c.Options.Novelty[place].MinimumObservations ? !double.IsNaN(c.NewShares[place]) : null);
        }
    }
}
