using Ecart.Numerics;

namespace Ecart.Vectors.Neighbours;

/// <summary>Lloyd's algorithm from randomly chosen rows, for dividing rows into lists; it need not converge for that.</summary>
internal static class KMeans
{
    private const int Iterations = 8;
    private const int SampleRowsPerCentroid = 64;

    /// <summary>Makes centroids of a seeded sample. The same rows, seed and count give the same, whatever the threads.</summary>
    public static Matrix Train(Matrix rows, int count, SeededRandom random, int threads, CancellationToken cancellation)
    {
        Matrix sample = rows.Select(Choose(rows.Rows, (int)Math.Min(rows.Rows, (long)count * SampleRowsPerCentroid), random));
        Matrix centroids = sample.Select([.. Enumerable.Range(0, count)]);
        var sums = new double[count * rows.Columns];
        var members = new int[count];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            int[] nearest = Assign(sample, centroids, threads, cancellation);
            Array.Clear(sums);
            Array.Clear(members);
            for (int row = 0; row < sample.Rows; row++)
            {
                members[nearest[row]]++;
                ReadOnlySpan<float> values = sample.Row(row);
                Span<double> sum = sums.AsSpan(nearest[row] * rows.Columns, rows.Columns);
                for (int i = 0; i < values.Length; i++) sum[i] += values[i];
            }

            for (int i = 0; i < sums.Length; i++)
                if (members[i / rows.Columns] > 0) centroids.Values[i] = (float)(sums[i] / members[i / rows.Columns]);
        }

        return centroids;
    }

    /// <summary>The nearest centroid of every row.</summary>
    public static int[] Assign(Matrix rows, Matrix centroids, int threads, CancellationToken cancellation)
    {
        var nearest = new Neighbour[rows.Rows];
        new ExactNeighbours(centroids).FindMany(rows, 1, nearest, threads, cancellation);
        return Array.ConvertAll(nearest, neighbour => neighbour.Row);
    }

    /// <summary>Different row numbers in random order.</summary>
    public static int[] Choose(int rows, int count, SeededRandom random)
    {
        int[] numbers = [.. Enumerable.Range(0, rows)];
        for (int i = 0; i < count; i++)
        {
            int other = i + random.Next(rows - i);
            (numbers[i], numbers[other]) = (numbers[other], numbers[i]);
        }

        return numbers[..count];
    }
}
