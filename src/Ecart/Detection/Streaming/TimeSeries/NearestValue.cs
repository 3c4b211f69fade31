using System.Numerics.Tensors;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>Distance to the nearest earlier value. It sees a value between two modes as well as one beyond them.</summary>
internal sealed class NearestValue(SlidingValues history, TimeSeriesOptions options) : SeriesStatistic
{
    private readonly double[] differences = new double[options.ValueHistory];

    public override long Bytes => (long)differences.Length * sizeof(double);

    public override double Measure(in SeriesPoint point)
    {
        ReadOnlySpan<double> earlier = history.Before(options.ValueGap, options.ValueHistory);
        if (earlier.Length == 0) return 0;
        Span<double> room = differences.AsSpan(0, earlier.Length);
        TensorPrimitives.Subtract(earlier, point.Value, room);
        return Math.Abs(TensorPrimitives.MinMagnitude<double>(room));
    }
}
