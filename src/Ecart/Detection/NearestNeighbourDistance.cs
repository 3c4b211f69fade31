using Ecart.Vectors;

namespace Ecart.Detection;

/// <summary>Mean distance to the k nearest rows of a flat matrix: exact, by scanning all. Stateless.</summary>
public static class NearestNeighbourDistance
{
    /// <summary>Mean Euclidean distance from a vector to its <paramref name="neighbours"/> nearest rows.</summary>
    /// <param name="vector">d floats.</param>
    /// <param name="rows">n × d floats, row after row.</param>
    /// <param name="neighbours">k, 1 to n.</param>
    /// <param name="skipRow">A row to leave out, −1 for none.</param>
    /// <returns>The mean; NaN when there are fewer than k rows.</returns>
    public static double Mean(ReadOnlySpan<float> vector, ReadOnlySpan<float> rows, int neighbours, int skipRow = -1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        Span<double> nearest = neighbours <= 128 ? stackalloc double[neighbours] : new double[neighbours];
        nearest.Fill(double.PositiveInfinity);
        for (int row = 0; row * vector.Length < rows.Length; row++)
        {
            if (row == skipRow) continue;
            double distance = VectorMath.Distance(vector, rows.Slice(row * vector.Length, vector.Length));
            if (distance >= nearest[^1]) continue;
            int place = neighbours - 1;
            for (; place > 0 && nearest[place - 1] > distance; place--) nearest[place] = nearest[place - 1];
            nearest[place] = distance;
        }

        if (double.IsPositiveInfinity(nearest[^1])) return double.NaN;
        double sum = 0;
        foreach (double distance in nearest) sum += distance;
        return sum / neighbours;
    }

    /// <summary>Mean and sample standard deviation of every row's distance to its nearest other rows.</summary>
    /// <returns>NaN and 0 when there are not more than k rows.</returns>
    public static (double Mean, double Deviation) LeaveOneOut(ReadOnlySpan<float> rows, int dimension, int neighbours)
    {
        int count = rows.Length / dimension;
        if (count <= neighbours) return (double.NaN, 0);
        Profiles.Moments moments = Profiles.Moments.Empty;
        for (int row = 0; row < count; row++) moments.Add(Mean(rows.Slice(row * dimension, dimension), rows, neighbours, row));
        return (moments.Mean, moments.SampleDeviation);
    }

    /// <summary>Score of a mean distance: the threshold scores 0.5, twice the threshold 1.</summary>
    public static double Score(double mean, double threshold) => 0.5 * Math.Min(mean / threshold, 2);
}
