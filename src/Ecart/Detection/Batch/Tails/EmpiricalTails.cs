using Ecart.Vectors;

namespace Ecart.Detection.Batch.Tails;

/// <summary>
/// Of each dimension the sorted training values, at most <see cref="MostValues"/> of them evenly over the ranks, and what a value has below and above: −ln of the part of
/// rows that are at least as far out on that side, the value itself counted, so that it is never infinite.
/// </summary>
internal sealed class EmpiricalTails
{
    public const int MostValues = 10_000;

    private readonly int rows;
    private readonly int count;
    private readonly float[] sorted;
    private readonly double[] skews;

    private EmpiricalTails(int rows, int count, float[] sorted, double[] skews)
    {
        this.rows = rows;
        this.count = count;
        this.sorted = sorted;
        this.skews = skews;
    }

    public static EmpiricalTails Of(Matrix rows, int threads, CancellationToken cancellation)
    {
        int count = Math.Min(rows.Rows, MostValues);
        var sorted = new float[rows.Columns * count];
        var skews = new double[rows.Columns];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, rows.Columns, options, column =>
        {
            var values = new float[rows.Rows];
            for (int row = 0; row < values.Length; row++) values[row] = rows.Values[(row * rows.Columns) + column];
            skews[column] = Skewness(values);
            Array.Sort(values);
            for (int i = 0; i < count; i++) sorted[(column * count) + i] = values[Rank(i, count, values.Length)];
        });
        return new EmpiricalTails(rows.Rows, count, sorted, skews);
    }

    /// <summary>Negative: the longer tail is on the left.</summary>
    public double Skew(int dimension) => skews[dimension];

    /// <returns>−ln of the part of rows that are at most, and that are at least, as large.</returns>
    public (double Left, double Right) Surprise(int dimension, float value)
    {
        ReadOnlySpan<float> values = sorted.AsSpan(dimension * count, count);
        int below = Position(values, value, false);
        int atMost = Position(values, value, true);
        double part = rows + 1.0;
        return (-Math.Log((Ranks(atMost) + 1) / part), -Math.Log((rows - Ranks(below) + 1) / part));
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Int(rows);
        writer.Floats(sorted);
        writer.Doubles(skews);
    }

    public static EmpiricalTails Read(ref ArtefactReader reader, int dimension)
    {
        int rows = reader.Int(1, int.MaxValue);
        int count = Math.Min(rows, MostValues);
        return new EmpiricalTails(rows, count, reader.Floats(checked(dimension * count)), reader.Doubles(dimension));
    }

    private static int Rank(int i, int count, int rows) => count == 1 ? 0 : (int)((long)i * (rows - 1) / (count - 1));

    /// <summary>How many rows come before the kept value of this position.</summary>
    private double Ranks(int position) => position == count ? rows : Rank(position, count, rows);

    /// <summary>How many values are smaller, or at most as large.</summary>
    private static int Position(ReadOnlySpan<float> values, float value, bool orEqual)
    {
        int low = 0;
        int high = values.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (values[middle] < value || (orEqual && values[middle] == value)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static double Skewness(ReadOnlySpan<float> values)
    {
        double mean = 0;
        foreach (float value in values) mean += value;
        mean /= values.Length;
        double squares = 0, cubes = 0;
        foreach (float value in values)
        {
            double delta = value - mean;
            squares += delta * delta;
            cubes += delta * delta * delta;
        }

        return squares > 0 ? cubes / Math.Pow(squares, 1.5) * Math.Sqrt(values.Length) : 0;
    }
}
