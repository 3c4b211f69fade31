namespace Ecart.Calibration;

/// <summary>Decided alerts by score: of a domain, or of those to which one detector contributed. Immutable.</summary>
/// <param name="Code">The detector's code; null for all.</param>
/// <param name="Buckets">The buckets that have any, the highest first.</param>
public sealed record CalibrationTable(string? Code, IReadOnlyList<CalibrationBucket> Buckets)
{
    /// <summary>True alerts.</summary>
    public int True => Buckets.Sum(bucket => bucket.True);

    /// <summary>False ones.</summary>
    public int False => Buckets.Sum(bucket => bucket.False);

    /// <summary>Share that is true; NaN without any.</summary>
    public double Precision => True + False == 0 ? double.NaN : True / (double)(True + False);

    /// <summary>The table of all alerts, then one for each detector, those with the most false alerts first.</summary>
    public static IReadOnlyList<CalibrationTable> Of(IReadOnlyList<CalibrationEvent> alerts)
    {
        CalibrationEvent[] decided = [.. alerts.Where(alert => alert.IsTrue is not null && !double.IsNaN(alert.StoredScore))];
        string[] codes = [.. decided.SelectMany(alert => alert.Evidence.Where(one => one.Value > 0).Select(one => one.Code)).Distinct()];
        return
        [
            Make(null, decided),
            .. codes.Select(code => Make(code, decided.Where(alert => alert.Evidence.Any(one => one.Code == code && one.Value > 0))))
                .OrderByDescending(table => table.False).ThenBy(table => table.Code, StringComparer.Ordinal),
        ];
    }

    private static CalibrationTable Make(string? code, IEnumerable<CalibrationEvent> decided)
    {
        var buckets = new List<CalibrationBucket>();
        (int right, int wrong) = (0, 0);
        IGrouping<decimal, CalibrationEvent>[] groups = [.. decided.GroupBy(alert => Math.Round((decimal)alert.StoredScore, 1, MidpointRounding.AwayFromZero)).OrderByDescending(group => group.Key)];
        int allRight = groups.Sum(group => group.Count(alert => alert.IsTrue == true));
        foreach (IGrouping<decimal, CalibrationEvent> group in groups)
        {
            int rightHere = group.Count(alert => alert.IsTrue == true);
            int wrongHere = group.Count() - rightHere;
            (right, wrong) = (right + rightHere, wrong + wrongHere);
            buckets.Add(new CalibrationBucket((double)group.Key, rightHere, wrongHere, wrong, allRight == 0 ? double.NaN : right / (double)allRight));
        }

        return new CalibrationTable(code, buckets);
    }
}
