using Ecart.Profiles;
using Ecart.Rules;

namespace Ecart.Domains.Declared;

/// <summary>A declaration made ready to score: names resolved, rules compiled, floats laid out. Immutable and safe to share between threads.</summary>
internal sealed class DeclaredPlan
{
    private readonly Dictionary<string, RuleValue<DeclaredContext, double>> numbers = new(StringComparer.Ordinal);

    /// <param name="declaration">Names and ranges are checked; its rules are here.</param>
    /// <exception cref="Scoring.OptionsException">A rule is wrong, or the encoders take too many floats.</exception>
    public DeclaredPlan(DomainDeclaration declaration)
    {
        Declaration = declaration;
        Schema = DeclaredSchema.Of(declaration);
        Measures = MeasuresOf(declaration, Schema);
        NoveltyFields = [.. declaration.Novelty.Select(one => Schema.IndexOf(one.Field))];
        NoveltySalts = [.. declaration.Novelty.Select(one => Embedding.FeatureHash.Of(one.Field))];
        RuleFields = DeclaredRuleFields.Of(this);
        foreach (NumberField<DeclaredContext> field in RuleFields.All.OfType<NumberField<DeclaredContext>>()) numbers[field.Name] = field.Read;
        foreach ((int index, (string name, DeclaredFieldType type)) in Schema.Fields.Index())
            if (type != DeclaredFieldType.Text) numbers[name] = (in DeclaredContext c) => c.Event.Numbers[index];
        var windows = new RuleWindowPlan();
        foreach (DeclaredWindowOptions window in declaration.Windows) windows.Add(WindowOf(window));
        Rules = new RuleSet<DeclaredContext>(declaration.Rules, RuleFields, "rules", windows);
        Layout = new DeclaredLayout(declaration, this);
    }

    public DomainDeclaration Declaration { get; }

    public DeclaredSchema Schema { get; }

    /// <summary>Numbers that profiles keep the moments of: those of the deviations first, in their order.</summary>
    public DeclaredMeasure[] Measures { get; }

    /// <summary>Index of each field of novelty.</summary>
    public int[] NoveltyFields { get; }

    /// <summary>What tells the values of those fields apart.</summary>
    public ulong[] NoveltySalts { get; }

    public RuleFields<DeclaredContext> RuleFields { get; }

    public RuleSet<DeclaredContext> Rules { get; }

    public DeclaredLayout Layout { get; }

    /// <summary>What reads a number by its name.</summary>
    public RuleValue<DeclaredContext, double> NumberOf(string name) => numbers[name];

    /// <summary>What reads a number that a streaming detector looks at, and whether of that the logarithm.</summary>
    public (RuleValue<DeclaredContext, double> Read, bool IsLogarithm) StreamReaderOf(string name) =>
        numbers.TryGetValue(name, out RuleValue<DeclaredContext, double>? read)
            ? (read, false)
            : (numbers[name[DeclaredNames.LogarithmOf("").Length..]], true);

    /// <summary>The measures of a declaration: its deviations, and the z_score encoders of further fields.</summary>
    public static DeclaredMeasure[] MeasuresOf(DomainDeclaration declaration, DeclaredSchema? schema)
    {
        var measures = new List<DeclaredMeasure>();
        foreach (DeclaredDeviationOptions one in declaration.Deviations)
            measures.Add(new(one.Field, schema?.IndexOf(one.Field) ?? 0, one.Logarithm, one.LeastDeviation));
        foreach (DeclaredEncoderOptions encoder in declaration.Encoders)
        {
            if (encoder.Kind == DeclaredEncoderKind.ZScore && measures.TrueForAll(known => known.Name != encoder.Field))
                measures.Add(new(encoder.Field, schema?.IndexOf(encoder.Field) ?? 0, false, 0));
        }

        return [.. measures];
    }

    /// <summary>The value of a field of novelty as a hash; 0 when unknown.</summary>
    public ulong ValueOf(int novelty, DeclaredEvent declared)
    {
        int field = NoveltyFields[novelty];
        ulong value = declared.Texts[field] is { } text ? Embedding.FeatureHash.Of(text)
            : double.IsNaN(declared.Numbers[field]) ? 0
            : Embedding.FeatureHash.Of(BitConverter.DoubleToUInt64Bits(declared.Numbers[field]));
        return value == 0 ? 0 : Embedding.FeatureHash.Of(value ^ NoveltySalts[novelty]);
    }

    private RuleWindow WindowOf(DeclaredWindowOptions window) => new(
        window.Kind, window.Entity.Length == 0 ? Declaration.Entity : window.Entity, window.Field, TimeSpan.FromMinutes(window.Minutes));
}
