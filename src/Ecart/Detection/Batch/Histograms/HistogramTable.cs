using System.Numerics.Tensors;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Histograms;

/// <summary>One histogram of bins of equal width a column, as how improbable each bin is: −ln of its height relative to the column's highest.</summary>
internal sealed class HistogramTable
{
    /// <summary>Most bins that an option allows.</summary>
    public const int MostBins = 1000;

    /// <summary>Least range of a column, relative to its values: a constant is met to within rounding.</summary>
    private const double LeastRange = 1e-6;

    private readonly int bins;
    private readonly double[] lowers;
    private readonly double[] widths;
    private readonly float[] surprises;
    private readonly double beyond;

    private HistogramTable(int bins, double[] lowers, double[] widths, float[] surprises, double beyond)
    {
        this.bins = bins;
        this.lowers = lowers;
        this.widths = widths;
        this.surprises = surprises;
        this.beyond = beyond;
    }

    /// <param name="rows">At least one row of finite values.</param>
    /// <param name="bins">Bins a column.</param>
    /// <param name="smoothing">Rows that are added to every bin.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static HistogramTable Of(Matrix rows, int bins, double smoothing, CancellationToken cancellation)
    {
        var (lowers, widths) = Ranges(rows, bins);
        var table = new HistogramTable(bins, lowers, widths, new float[rows.Columns * bins], 0);
        for (int row = 0; row < rows.Rows; row++)
        {
            if ((row & 1023) == 0) cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<float> values = rows.Row(row);
            for (int column = 0; column < values.Length; column++) table.surprises[(column * bins) + table.Bin(column, values[column])]++;
        }

        double highest = 0;
        for (int column = 0; column < rows.Columns; column++)
        {
            Span<float> counts = table.surprises.AsSpan(column * bins, bins);
            double most = TensorPrimitives.Max<float>(counts) + smoothing;
            foreach (ref float count in counts) count = (float)Math.Log(most / (count + smoothing));
            highest = Math.Max(highest, most);
        }

        return new HistogramTable(bins, lowers, widths, table.surprises, Math.Log(highest / smoothing));
    }

    /// <summary>
    /// −ln of the relative height of the value's bin, 0 in the highest. Outside the range the density goes on from that of an empty bin and falls with the distance, so that
    /// farther is always stranger, and never infinitely so.
    /// </summary>
    public double Surprise(int column, float value)
    {
        double position = (value - lowers[column]) / widths[column];
        if (position >= 0 && position <= bins) return surprises[(column * bins) + Math.Min((int)position, bins - 1)];
        double outside = position < 0 ? -position : position - bins;
        return beyond + Math.Log(1 + (outside / bins));
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Int(bins);
        writer.Doubles(lowers);
        writer.Doubles(widths);
        writer.Floats(surprises);
        writer.Double(beyond);
    }

    public static HistogramTable Read(ref ArtefactReader reader, int columns)
    {
        int bins = reader.Int(2, MostBins);
        return new HistogramTable(bins, reader.Doubles(columns), reader.Doubles(columns), reader.Floats(checked(columns * bins)), reader.Double());
    }

    private static (double[] Lowers, double[] Widths) Ranges(Matrix rows, int bins)
    {
        float[] most = rows.Row(0).ToArray();
        float[] least = rows.Row(0).ToArray();
        for (int row = 1; row < rows.Rows; row++)
        {
            TensorPrimitives.Max(most, rows.Row(row), most);
            TensorPrimitives.Min(least, rows.Row(row), least);
        }

        var (lowers, widths) = (new double[rows.Columns], new double[rows.Columns]);
        for (int column = 0; column < rows.Columns; column++)
        {
            double range = (double)most[column] - least[column];
            double leastRange = (LeastRange * Math.Max(Math.Abs(most[column]), Math.Abs(least[column]))) + float.Epsilon;
            lowers[column] = range > leastRange ? least[column] : least[column] - ((leastRange - range) / 2);
            widths[column] = Math.Max(range, leastRange) / bins;
        }

        return (lowers, widths);
    }

    private int Bin(int column, float value) => Math.Clamp((int)((value - lowers[column]) / widths[column]), 0, bins - 1);
}
