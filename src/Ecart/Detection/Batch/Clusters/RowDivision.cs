using Ecart.Numerics;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>
/// Divides rows into clusters around centroids: starts far apart from each other (k-means++), then Lloyd's steps. D. Arthur, S. Vassilvitskii, k-means++: the
/// advantages of careful seeding, SODA 2007.
/// </summary>
internal static class RowDivision
{
    private const int Iterations = 10;

    // Fewer rows a cluster would make every row a cluster of its own.
    private const int LeastRowsPerCluster = 4;

    /// <summary>The centroids, and how many rows each has, of at most so many clusters.</summary>
    public static (Matrix Centroids, int[] Sizes) Make(Matrix rows, int clusters, SeededRandom random, CancellationToken cancellation)
    {
        Matrix centroids = Start(rows, Math.Clamp(rows.Rows / LeastRowsPerCluster, 1, clusters), random);
        var nearest = new Neighbour[rows.Rows];
        int[] sizes = new int[centroids.Rows];
        for (int iteration = 0; iteration <= Iterations; iteration++)
        {
            new ExactNeighbours(centroids).FindMany(rows, 1, nearest, threads: 1, cancellation);
            Array.Clear(sizes);
            foreach (Neighbour found in nearest) sizes[found.Row]++;
            if (iteration < Iterations) Move(rows, centroids, nearest, sizes);
        }

        return (centroids, sizes);
    }

    /// <summary>Rows drawn with probabilities in proportion to the squared distance to those already drawn.</summary>
    private static Matrix Start(Matrix rows, int clusters, SeededRandom random)
    {
        var starts = new Matrix(clusters, rows.Columns);
        rows.Row(random.Next(rows.Rows)).CopyTo(starts.Row(0));
        var distances = new double[rows.Rows];
        Array.Fill(distances, double.MaxValue);
        for (int cluster = 1; cluster < clusters; cluster++)
        {
            double sum = 0;
            for (int row = 0; row < rows.Rows; row++)
            {
                distances[row] = Math.Min(distances[row], SquaredDistance(rows.Row(row), starts.Row(cluster - 1)));
                sum += distances[row];
            }

            rows.Row(Draw(distances, sum * random.NextDouble())).CopyTo(starts.Row(cluster));
        }

        return starts;
    }

    private static int Draw(double[] weights, double target)
    {
        for (int row = 0; row < weights.Length; row++)
        {
            target -= weights[row];
            if (target < 0) return row;
        }

        return weights.Length - 1;
    }

    private static void Move(Matrix rows, Matrix centroids, Neighbour[] nearest, int[] sizes)
    {
        var sums = new double[centroids.Rows * centroids.Columns];
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<float> values = rows.Row(row);
            Span<double> sum = sums.AsSpan(nearest[row].Row * rows.Columns, rows.Columns);
            for (int i = 0; i < values.Length; i++) sum[i] += values[i];
        }

        for (int i = 0; i < sums.Length; i++)
            if (sizes[i / rows.Columns] > 0) centroids.Values[i] = (float)(sums[i] / sizes[i / rows.Columns]);
    }

    // In single precision the square of what a float holds can be infinite.
    private static double SquaredDistance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double single = System.Numerics.Tensors.TensorPrimitives.Distance(left, right);
        if (double.IsFinite(single)) return single * single;
        double sum = 0;
        for (int i = 0; i < left.Length; i++) sum += ((double)left[i] - right[i]) * ((double)left[i] - right[i]);
        return sum;
    }
}
