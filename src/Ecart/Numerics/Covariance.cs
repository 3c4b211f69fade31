using System.Numerics.Tensors;
using Ecart.Vectors;

namespace Ecart.Numerics;

/// <summary>Means and covariances of the columns of a matrix, in one pass, in double precision.</summary>
internal static class Covariance
{
    private const int ShiftRows = 256;
    private const int ChunkRows = 4096;
    private const int MostChunks = 16;

    /// <summary>Computes both.</summary>
    /// <remarks>
    /// The mean of the first rows is taken off before products are added up; it is never farther from the mean of all, in standard deviations, than the square root of
    /// how many times as many rows there are, so that what cancels is harmless. A column whose values are all equal has a variance of exactly 0.
    /// </remarks>
    /// <param name="rows">At least one row of finite values.</param>
    /// <param name="means">Receives a mean a column.</param>
    /// <param name="threads">Most threads to use. The result does not depend on it.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Both halves of the symmetric matrix, divided by the number of rows.</returns>
    public static double[] Of(Matrix rows, Span<double> means, int threads, CancellationToken cancellation)
    {
        int d = rows.Columns;
        double[] shift = MeanOfFirst(rows);
        int chunks = Math.Clamp(rows.Rows / ChunkRows, 1, MostChunks);
        var partial = new Sums[chunks];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, chunks, options, chunk =>
        {
            var (from, to) = ((int)((long)rows.Rows * chunk / chunks), (int)((long)rows.Rows * (chunk + 1) / chunks));
            partial[chunk] = Add(rows, from, to, shift, cancellation);
        });
        Sums sums = partial[0];
        foreach (Sums other in partial.AsSpan(1))
        {
            TensorPrimitives.Add(sums.Products, other.Products, sums.Products);
            TensorPrimitives.Add(sums.Values, other.Values, sums.Values);
        }

        for (int i = 0; i < d; i++)
        {
            double mean = sums.Values[i] / rows.Rows;
            means[i] = shift[i] + mean;
            for (int j = 0; j <= i; j++)
            {
                double covariance = (sums.Products[(i * d) + j] / rows.Rows) - (mean * (sums.Values[j] / rows.Rows));
                sums.Products[(i * d) + j] = sums.Products[(j * d) + i] = i == j ? Math.Max(0, covariance) : covariance;
            }
        }

        return sums.Products;
    }

    private static double[] MeanOfFirst(Matrix rows)
    {
        int first = Math.Min(rows.Rows, ShiftRows);
        var mean = new double[rows.Columns];
        for (int row = 0; row < first; row++)
        {
            ReadOnlySpan<float> values = rows.Row(row);
            for (int column = 0; column < values.Length; column++) mean[column] += values[column];
        }

        TensorPrimitives.Divide(mean, first, mean);
        return mean;
    }

    private static Sums Add(Matrix rows, int from, int to, double[] shift, CancellationToken cancellation)
    {
        int d = rows.Columns;
        int stride = ColumnProducts.Padded(d);
        var values = new double[d];
        var products = new double[stride * stride];
        var block = new double[ColumnProducts.BlockRows * stride];
        for (; from < to; from += ColumnProducts.BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<double> loaded = block.AsSpan(0, Math.Min(ColumnProducts.BlockRows, to - from) * stride);
            ColumnProducts.Load(rows, from, shift, loaded, values);
            ColumnProducts.Add(loaded, stride, products);
        }

        return new Sums(values, Unpadded(products, d));
    }

    private static double[] Unpadded(double[] products, int d)
    {
        int stride = ColumnProducts.Padded(d);
        if (stride == d) return products;
        var unpadded = new double[d * d];
        for (int row = 0; row < d; row++) products.AsSpan(row * stride, d).CopyTo(unpadded.AsSpan(row * d));
        return unpadded;
    }

    private readonly record struct Sums(double[] Values, double[] Products);
}
