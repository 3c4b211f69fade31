using Ecart.Domains.Transactions;
using Ecart.Rules;

namespace Ecart.Domains.Declared.Based;

/// <summary>What encoders over the base transactions can read: the fields of its rules, and what its own layout is made of.</summary>
internal static class TransactionFeatureFields
{
    private static readonly Dictionary<string, EncoderSource<TransactionContext>> Sources = Make();

    /// <summary>Names of the numbers.</summary>
    public static IReadOnlyList<string> Numbers { get; } = [.. Sources.Where(source => source.Value.Number is not null).Select(source => source.Key)];

    /// <summary>Names of the texts.</summary>
    public static IReadOnlyList<string> Texts { get; } = [.. Sources.Where(source => source.Value.Text is not null).Select(source => source.Key)];

    /// <summary>What a name is.</summary>
    public static EncoderSource<TransactionContext> Of(string name) => Sources[name];

    private static Dictionary<string, EncoderSource<TransactionContext>> Make()
    {
        var sources = new Dictionary<string, EncoderSource<TransactionContext>>(StringComparer.Ordinal);
        foreach (RuleField<TransactionContext> field in TransactionRuleFields.All.All)
        {
            // Distances are what the embedding is made for: it cannot read them.
            if (field.Name is "distance" or "distance_z") continue;
            sources[field.Name] = field switch
            {
                TextField<TransactionContext> text => new(null, text.Read, []),
                ConditionField<TransactionContext> condition => new(Truth(condition.Read), null, []),
                _ => new(((NumberField<TransactionContext>)field).Read, null, []),
            };
        }

        foreach ((string name, RuleValue<TransactionContext, double> read) in Derived()) sources[name] = new(read, null, []);
        return sources;
    }

    private static (string Name, RuleValue<TransactionContext, double> Read)[] Derived() =>
    [
        ("hour_of_day", static (in TransactionContext c) => c.Event.LocalTime.TimeOfDay.TotalHours),
        ("day_from_sunday", static (in TransactionContext c) => (int)c.Event.LocalTime.DayOfWeek),
        ("channel_novelty", static (in TransactionContext c) => c.Novelty.Channel),
        ("hour_rarity", static (in TransactionContext c) => c.Novelty.Hour),
        ("travel_speed", static (in TransactionContext c) => c.KmFromPlace / Math.Max(1, c.MinutesSincePlace) * 60),
        ("is_night", static (in TransactionContext c) => c.Options.NightActivity.Contains(c.LocalHour) ? 1 : 0),
        ("is_round_amount", static (in TransactionContext c) => c.Event.ScoredAmount > 0 && c.Event.ScoredAmount % 10 == 0 ? 1 : 0),
        ("is_foreign_currency", static (in TransactionContext c) => string.Equals(c.Event.Currency, c.Options.Currency, StringComparison.Ordinal) ? 0 : 1),
        ("amount_deviation", static (in TransactionContext c) => AmountDeviation(in c)),
        ("amount_log_deviation", static (in TransactionContext c) => AmountLogDeviation(in c)),
        ("amount_to_maximum", static (in TransactionContext c) => IsKnown(in c) ? c.Event.ScoredAmount / Math.Max(1, c.Amounts.Maximum) : double.NaN),
        ("amount_day_to_mean", static (in TransactionContext c) => IsKnown(in c) ? c.AmountInDay / Math.Max(1, c.Amounts.Mean) : double.NaN),
    ];

    private static bool IsKnown(in TransactionContext context) => context.Profile.Count >= 2;

    private static double AmountDeviation(in TransactionContext context)
    {
        if (!IsKnown(in context)) return double.NaN;
        double mean = context.Amounts.Mean;
        return (context.Event.ScoredAmount - mean) / context.Options.Profile.FloorSigma(context.Amounts.SampleDeviation, mean);
    }

    private static double AmountLogDeviation(in TransactionContext context)
    {
        if (!IsKnown(in context)) return double.NaN;
        double mean = context.LogAmounts.Mean;
        return (context.LogAmount - mean) / context.Options.Profile.FloorSigma(context.LogAmounts.SampleDeviation, mean);
    }

    private static RuleValue<TransactionContext, double> Truth(RuleValue<TransactionContext, bool?> read) =>
        (in TransactionContext c) => read(in c) is { } isTrue ? isTrue ? 1 : 0 : double.NaN;
}
