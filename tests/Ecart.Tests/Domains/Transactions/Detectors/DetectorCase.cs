using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Profiles;
using Ecart.Scoring;

namespace Ecart.Tests.Domains.Transactions.Detectors;

/// <summary>A context in which nothing is strange; a test changes what its detector looks at.</summary>
internal static class DetectorCase
{
    public const int Observations = 10;

    public delegate void Change(ref TransactionContext context);

    public static Verdict Evaluate(IEventDetector<TransactionContext> detector, Change change)
    {
        var context = new TransactionContext
        {
            Event = TransactionCase.At(0),
            Options = TransactionOptions.Default,
            Patterns = ReferencePatterns.Empty,
            Embedding = new float[TransactionLayout.Dimension],
            EmbeddingVersion = TransactionLayout.Version,
            LocalHour = 12,
            LogAmount = Math.Log(21),
            Distance = double.NaN,
            MinutesSincePrevious = double.NaN,
            MinutesSincePlace = double.NaN,
            KmFromPlace = double.NaN,
            DomainFraudRate = 0.02,
            Profile = new ProfileSummary { Count = Observations, DaysObserved = 30 },
        };
        change(ref context);
        var verdict = new Verdict(TransactionLayout.Dimension);
        detector.Evaluate(in context, verdict);
        return verdict;
    }

    /// <summary>Moments with a given mean and sample deviation.</summary>
    public static Moments Moments(int count, double mean, double deviation) => new()
    {
        Count = count,
        Sum = count * mean,
        SumOfSquares = (deviation * deviation * (count - 1)) + (count * mean * mean),
        Maximum = mean + deviation,
    };
}
