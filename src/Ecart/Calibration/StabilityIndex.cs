namespace Ecart.Calibration;

/// <summary>Population stability index of two samples of one number: how much their shares differ over the tenths of the first. Stateless.</summary>
/// <remarks>Of equal populations it is about (bins − 1) · (1/n + 1/m): some hundreds of each make noise of less than 0.1, the usual limit of "alike".</remarks>
public static class StabilityIndex
{
    private const int Bins = 10;

    /// <summary>Computes it.</summary>
    /// <param name="before">The reference.</param>
    /// <param name="now">What is compared with it.</param>
    /// <returns>0 for equal shares; NaN when either is empty.</returns>
    public static double Of(ReadOnlySpan<float> before, ReadOnlySpan<float> now)
    {
        if (before.IsEmpty || now.IsEmpty) return double.NaN;
        float[] sorted = before.ToArray();
        Array.Sort(sorted);
        // Values that many events share make fewer, wider bins.
        float[] edges = [.. Enumerable.Range(1, Bins - 1).Select(bin => sorted[(int)((long)bin * sorted.Length / Bins)]).Distinct().Where(edge => edge > sorted[0])];
        // Where most are equal, as of one-hot features: below, equal, above.
        if (edges.Length == 0) edges = [sorted[0], MathF.BitIncrement(sorted[0])];
        int[] first = Count(before, edges);
        int[] second = Count(now, edges);
        double index = 0;
        for (int bin = 0; bin <= edges.Length; bin++)
        {
            double past = (first[bin] + 0.5) / (before.Length + (0.5 * first.Length));
            double present = (second[bin] + 0.5) / (now.Length + (0.5 * second.Length));
            index += (present - past) * Math.Log(present / past);
        }

        return index;
    }

    private static int[] Count(ReadOnlySpan<float> values, float[] edges)
    {
        var counts = new int[edges.Length + 1];
        foreach (float value in values)
        {
            int bin = 0;
            while (bin < edges.Length && value >= edges[bin]) bin++;
            counts[bin]++;
        }

        return counts;
    }
}
