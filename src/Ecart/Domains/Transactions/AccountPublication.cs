using Ecart.Profiles;

namespace Ecart.Domains.Transactions;

/// <summary>Makes the published form of an account's state.</summary>
internal static class AccountPublication
{
    private const int Typical = 10;

    /// <summary>The profile as seen from a day; null when nothing normal is in the window.</summary>
    public static PublishedAccountProfile? Publish(AccountState account, int asOfDay)
    {
        var centroid = new float[TransactionLayout.Dimension];
        ProfileSummary summary = account.Profile.Summarize(asOfDay, centroid);
        if (summary.Count == 0) return null;
        Moments amounts = summary.Measures[AccountState.MeasureAmount];
        Moments logs = summary.Measures[AccountState.MeasureLogAmount];
        var hours = new int[24];
        for (int hour = 0; hour < 24; hour++) hours[hour] = summary.Hours[hour];
        return new PublishedAccountProfile(
            account.Id,
            centroid,
            summary.Count,
            amounts.Mean,
            amounts.SampleDeviation,
            amounts.Maximum,
            logs.Mean,
            logs.SampleDeviation,
            summary.DaysObserved,
            hours,
            MostFrequent(account.Categories),
            MostFrequent(account.Countries),
            [.. Enumerable.Range(0, 24).Where(hour => hours[hour] > 0).OrderByDescending(hour => hours[hour]).ThenBy(hour => hour).Take(Typical)],
            summary.DistanceMean,
            summary.DistanceDeviation,
            account.Lane,
            account.Seq);
    }

    private static List<string> MostFrequent(TopCounts counts)
    {
        IEnumerable<int> order = Enumerable.Range(0, counts.Count)
            .OrderByDescending(counts.CountAt)
            .ThenBy(counts.ValueAt, StringComparer.Ordinal);
        return [.. order.Take(Typical).Select(counts.ValueAt)];
    }
}
