using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Histograms;

/// <summary>Random projections, each over about the square root of the number of dimensions, which count in units of their standard deviation.</summary>
internal sealed class SparseProjections
{
    private readonly int width;
    private readonly double[] means;
    private readonly double[] weights;
    private readonly int[] dimensions;

    private SparseProjections(int width, double[] means, double[] weights, int[] dimensions)
    {
        this.width = width;
        this.means = means;
        this.weights = weights;
        this.dimensions = dimensions;
    }

    public int Count => width == 0 ? 0 : weights.Length / width;

    public static SparseProjections Draw(Matrix rows, int count, SeededRandom random, CancellationToken cancellation)
    {
        ColumnMoments moments = ColumnMoments.Of(rows, cancellation);
        double[] scales = moments.Scales;
        int width = (int)Math.Ceiling(Math.Sqrt(rows.Columns));
        var weights = new double[count * width];
        var dimensions = new int[count * width];
        var order = new int[rows.Columns];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        for (int i = 0; i < weights.Length; i++)
        {
            int place = i % width;
            int drawn = place + random.Next(order.Length - place);
            (order[place], order[drawn]) = (order[drawn], order[place]);
            dimensions[i] = order[place];
            weights[i] = random.NextNormal() * scales[order[place]];
        }

        return new SparseProjections(width, moments.Means, weights, dimensions);
    }

    public ReadOnlySpan<int> DimensionsOf(int projection) => dimensions.AsSpan(projection * width, width);

    /// <summary>The largest doubles that floats can lead to are limited to floats.</summary>
    public float Project(int projection, ReadOnlySpan<float> vector)
    {
        double sum = 0;
        for (int i = projection * width; i < (projection + 1) * width; i++) sum += weights[i] * (vector[dimensions[i]] - means[dimensions[i]]);
        return (float)Math.Clamp(sum, -float.MaxValue, float.MaxValue);
    }

    public Matrix Project(Matrix rows)
    {
        var projected = new Matrix(rows.Rows, Count);
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<float> vector = rows.Row(row);
            Span<float> values = projected.Row(row);
            for (int projection = 0; projection < values.Length; projection++) values[projection] = Project(projection, vector);
        }

        return projected;
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Doubles(means);
        writer.Doubles(weights);
        writer.Ints(dimensions);
    }

    public static SparseProjections Read(ref ArtefactReader reader, int dimension)
    {
        double[] means = reader.Doubles(dimension);
        double[] weights = reader.Doubles();
        int[] dimensions = reader.Ints(weights.Length);
        int width = (int)Math.Ceiling(Math.Sqrt(dimension));
        if (weights.Length == 0 || weights.Length % width != 0 || dimensions.AsSpan().ContainsAnyExceptInRange(0, dimension - 1))
            throw new ArtefactException($"The artefact is damaged: {weights.Length} weights over {dimension} dimensions. Restore it from a backup or train again.");
        return new SparseProjections(width, means, weights, dimensions);
    }
}
