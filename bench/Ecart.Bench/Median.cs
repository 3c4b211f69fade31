namespace Ecart.Bench;

/// <summary>The middle of a few measurements: what one disturbed round cannot move.</summary>
internal static class Median
{
    /// <summary>Median; the mean of the middle two of an even number.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
