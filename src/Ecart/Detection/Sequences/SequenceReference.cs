using Ecart.Profiles;

namespace Ecart.Detection.Sequences;

/// <summary>
/// Whom a user's actions are compared with: everybody else, and those of the same role as what is expected of a user of whom little is known. The user's own part
/// in both is left out.
/// </summary>
/// <param name="population">What everybody does, the user's own learned actions among it.</param>
/// <param name="others">What other processes have counted of everybody; null for nothing.</param>
/// <param name="role">What users of the same role do; null for none.</param>
/// <param name="otherRole">What other processes have counted of the role; null for nothing.</param>
public readonly struct SequenceReference(
    SequenceCounts population, SequenceCounts? others = null, SequenceCounts? role = null, SequenceCounts? otherRole = null)
{
    internal double Everybody(ulong action, SequenceCounts own, SequenceOptions options)
    {
        double seen = Seen(population.Actions, others?.Actions, own.Actions, action);
        double total = Total(population.Actions, others?.Actions, own.Actions);
        double unseen = options.UnseenWeight * SequenceBlock.Unit;
        double kinds = Math.Max(population.Actions.Count, others?.Actions.Count ?? 0) + 1;
        return (seen + unseen) / (total + (unseen * kinds));
    }

    internal double EverybodyAfter(in SequenceBlock.Part pair, double everybody, SequenceCounts own, SequenceOptions options) =>
        SequenceDetector.Blend(
            Seen(population.Pairs, others?.Pairs, own.Pairs, pair.Key),
            Seen(population.Firsts, others?.Firsts, own.Firsts, pair.First),
            everybody,
            options.PairPriorWeight);

    internal double Peers(ulong action, double everybody, SequenceCounts own, SequenceOptions options)
    {
        SequenceCounts? peers = role ?? otherRole;
        if (peers is null) return everybody;
        CountTable? others = role is null ? null : otherRole?.Actions;
        double seen = Seen(peers.Actions, others, own.Actions, action);
        return SequenceDetector.Blend(seen, Math.Max(seen, Total(peers.Actions, others, own.Actions)), everybody, options.PriorWeight);
    }

    private static double Seen(CountTable all, CountTable? other, CountTable own, ulong key) =>
        Math.Max(0, all[key] + (double)(other is null ? 0 : other[key]) - own[key]);

    private static double Total(CountTable all, CountTable? other, CountTable own) => Math.Max(0, all.Total + (double)(other?.Total ?? 0) - own.Total);
}
