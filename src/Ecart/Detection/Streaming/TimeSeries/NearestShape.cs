using System.Numerics.Tensors;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// Distance from the newest stretch of points to the nearest earlier stretch of that length: a discord when it is large. E. Keogh, J. Lin, A. Fu,
/// HOT SAX: Efficiently Finding the Most Unusual Time Series Subsequence, ICDM 2005, here in a stream.
/// </summary>
internal sealed class NearestShape(SlidingValues history, TimeSeriesOptions options) : SeriesStatistic
{
    private readonly double[] squares = new double[options.ShapeHistory];
    private readonly double[] differences = new double[options.ShapeHistory];

    /// <summary>Points of history that it looks at.</summary>
    public static int PointsFor(TimeSeriesOptions options) => options.ShapeHistory + (3 * options.ShapePoints);

    public override long Bytes => 2L * squares.Length * sizeof(double);

    public override double Measure(in SeriesPoint point)
    {
        int length = options.ShapePoints;
        // Earlier stretches end a whole length before the newest begins.
        ReadOnlySpan<double> earlier = history.Before((2 * length) - 1, options.ShapeHistory + length - 1);
        int shapes = earlier.Length - length + 1;
        if (shapes <= 0) return 0;
        ReadOnlySpan<double> newest = history.Newest(length - 1);
        Span<double> sums = squares.AsSpan(0, shapes);
        Span<double> room = differences.AsSpan(0, shapes);
        sums.Clear();
        for (int i = 0; i < length; i++)
        {
            TensorPrimitives.Subtract(earlier.Slice(i, shapes), i < newest.Length ? newest[i] : point.Value, room);
            TensorPrimitives.MultiplyAdd<double>(room, room, sums, sums);
        }

        return Math.Sqrt(TensorPrimitives.Min<double>(sums) / length);
    }
}
