using Ecart.Detection.Batch;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Ensembles;

/// <summary>
/// What a tenth of a standard deviation in every dimension does to a method's score. Nothing that small is rare, however alike the rows are that the method
/// learned from.
/// </summary>
internal static class SmallDifference
{
    private const float Step = 0.1f;
    private const int Probes = 64;

    /// <summary>The median increase of the score over some rows, moved in a random direction; 0 and more.</summary>
    public static double Of(IBatchDetector detector, Matrix scaled, SeededRandom random)
    {
        int probes = Math.Min(Probes, scaled.Rows);
        var increases = new double[probes];
        var moved = new float[scaled.Columns];
        for (int probe = 0; probe < probes; probe++)
        {
            int row = (int)((long)probe * scaled.Rows / probes);
            scaled.Row(row).CopyTo(moved);
            for (int i = 0; i < moved.Length; i++) moved[i] += random.Chance(0.5) ? Step : -Step;
            increases[probe] = Math.Max(0, detector.Score(moved) - detector.Score(scaled.Row(row)));
        }

        Array.Sort(increases);
        double median = increases[probes / 2];
        return double.IsFinite(median) ? median : 0;
    }
}
