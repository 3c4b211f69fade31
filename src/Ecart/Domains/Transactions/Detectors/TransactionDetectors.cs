using Ecart.Detection;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>The detectors of the transactions domain. To add one: write it in a file beside this one and name it here.</summary>
internal static class TransactionDetectors
{
    /// <summary>All detectors, in the order in which their evidence is told.</summary>
    public static IEventDetector<TransactionContext>[] All { get; } =
    [
        new BehaviorDistanceDetector(),
        new AmountAnomalyDetector(),
        new VelocityDetector(),
        new ImpossibleTravelDetector(),
        new AmountLimitDetector(),
        new NightActivityDetector(),
        new EntityHistoryDetector(),
        new NewProfileDetector(),
        new SignatureDetector(),
        new RuleDetector(),
    ];
}
