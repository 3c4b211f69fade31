namespace Ecart.Domains.Transactions;

/// <summary>An account's profile as SQL users see it: a publication of the state that scores, at one place of the lane's log.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Centroid">Centroid, length 1.</param>
/// <param name="ObservationCount">Normal events in the window.</param>
/// <param name="MeanAmount">Mean amount, in the domain's currency.</param>
/// <param name="DeviationAmount">Sample standard deviation of the amount.</param>
/// <param name="MaximumAmount">Largest amount.</param>
/// <param name="MeanLogAmount">Mean of ln(1 + amount).</param>
/// <param name="DeviationLogAmount">Sample standard deviation of ln(1 + amount), not floored.</param>
/// <param name="DaysObserved">Days from the first to the newest normal event, both included.</param>
/// <param name="HourlyCounts">Normal events by local hour, 24 numbers.</param>
/// <param name="Categories">Most frequent merchant categories first, at most 10.</param>
/// <param name="Countries">Most frequent countries first, at most 10.</param>
/// <param name="Hours">Local hours with the most events first, at most 10.</param>
/// <param name="DistanceMean">Mean distance expected of a new normal event; NaN while none is known: its normal events were flagged first.</param>
/// <param name="DistanceDeviation">Standard deviation of that distance, not floored.</param>
/// <param name="Lane">Lane of the account.</param>
/// <param name="Seq">Last log entry that is included.</param>
public sealed record PublishedAccountProfile(
    string AccountId,
    float[] Centroid,
    int ObservationCount,
    double MeanAmount,
    double DeviationAmount,
    double MaximumAmount,
    double MeanLogAmount,
    double DeviationLogAmount,
    int DaysObserved,
    IReadOnlyList<int> HourlyCounts,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Countries,
    IReadOnlyList<int> Hours,
    double DistanceMean,
    double DistanceDeviation,
    int Lane,
    long Seq)
{
    /// <summary>Normal events a day.</summary>
    public double MeanDailyTransactions => DaysObserved == 0 ? 0 : (double)ObservationCount / DaysObserved;
}
