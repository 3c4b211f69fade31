using Ecart.Eval.FraudHandbook;

namespace Ecart.Eval.TransactionDetectors;

/// <summary>Figures of one detector at one weight on one period.</summary>
/// <param name="Source">Where the events are from.</param>
/// <param name="Period">The days.</param>
/// <param name="Detector">Its kind; <see cref="None"/> for the rank without any.</param>
/// <param name="Weight">In the rank; NaN for the detector alone.</param>
/// <param name="Figures">What it reaches.</param>
internal sealed record PeriodFigures(string Source, DayRange Period, string Detector, double Weight, FraudHandbookFigures Figures)
{
    public const string None = "none";

    private static readonly double[] Weights = [0.25, 0.5, 0.75, 1];

    /// <summary>Weights that are measured.</summary>
    public static IReadOnlyList<double> AllWeights => Weights;

    /// <summary>All figures of a period.</summary>
    /// <param name="source">Where the events are from.</param>
    /// <param name="split">The period, and from which day on known fraud takes a card out.</param>
    /// <param name="events">Those of the period and the days before it.</param>
    /// <param name="trained">Kinds of trained detectors.</param>
    /// <param name="streams">Kinds of streaming detectors, as the events have their evidence.</param>
    public static IEnumerable<PeriodFigures> Of(
        string source, FraudHandbookSplit split, IReadOnlyList<RankedEvent> events, IReadOnlyList<string> trained, IReadOnlyList<string> streams)
    {
        HashSet<string> counted = [.. split.Select([.. events.Select(one => one.Transaction)]).Select(transaction => transaction.Uid)];
        RankedEvent[] period = [.. events.Where(one => counted.Contains(one.Transaction.Uid))];
        RankedEvent[] before = [.. events.Where(one => one.Transaction.Day < split.Test.First)];
        PeriodFigures Make(string detector, double weight, Func<int, double> score) => new(
            source, split.Test, detector, weight, FraudHandbookFigures.Of([.. period.Select((one, i) => one.Transaction with { Score = score(i) })]));

        yield return Make(None, 0, i => period[i].Transaction.Score);
        IEnumerable<DetectorVote> votes = trained.Select(kind => TrainedVotes.Of(kind, before, period))
            .Concat(streams.Select((kind, slot) => Streaming(kind, slot, period)));
        foreach (DetectorVote vote in votes)
        {
            yield return Make(vote.Detector, double.NaN, i => vote.Alone[i]);
            foreach (double weight in Weights)
                yield return Make(vote.Detector, weight, i => 1 - ((1 - period[i].Transaction.Score) * (1 - (weight * vote.Evidence[i]))));
        }
    }

    private static DetectorVote Streaming(string kind, int slot, RankedEvent[] period)
    {
        double[] evidence = [.. period.Select(one => (double)one.StreamEvidence[slot])];
        return new DetectorVote(kind, evidence, evidence);
    }
}
