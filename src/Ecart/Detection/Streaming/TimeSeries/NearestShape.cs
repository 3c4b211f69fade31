using System.Buffers;
using System.Numerics.Tensors;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// Distance from the newest stretch of points to the nearest earlier stretch of that length: a discord when it is large. E. Keogh, J. Lin, A. Fu,
/// HOT SAX: Efficiently Finding the Most Unusual Time Series Subsequence, ICDM 2005, here in a stream.
/// </summary>
internal sealed class NearestShape(SlidingValues history, TimeSeriesOptions options) : SeriesStatistic
{
    /// <summary>Points of history that it looks at.</summary>
    public static int PointsFor(TimeSeriesOptions options) => options.ShapeHistory + (3 * options.ShapePoints);

    public override long Bytes => 0;

    public override double Measure(in SeriesPoint point)
    {
        int length = options.ShapePoints;
        // Earlier stretches end a whole length before the newest begins.
        ReadOnlySpan<double> earlier = history.Before((2 * length) - 1, options.ShapeHistory + length - 1);
        int shapes = earlier.Length - length + 1;
        if (shapes <= 0) return 0;
        ReadOnlySpan<double> newest = history.Newest(length - 1);
        double[] rented = ArrayPool<double>.Shared.Rent(2 * shapes);
        Span<double> sums = rented.AsSpan(0, shapes);
        Span<double> room = rented.AsSpan(shapes, shapes);
        sums.Clear();
        for (int i = 0; i < length; i++)
        {
            TensorPrimitives.Subtract(earlier.Slice(i, shapes), i < newest.Length ? newest[i] : point.Value, room);
            TensorPrimitives.MultiplyAdd<double>(room, room, sums, sums);
        }

        double least = TensorPrimitives.Min<double>(sums);
        ArrayPool<double>.Shared.Return(rented);
        return Math.Sqrt(least / length);
    }
}
