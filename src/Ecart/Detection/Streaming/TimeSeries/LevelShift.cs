using System.Buffers;
using System.Numerics.Tensors;
using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// Mean of the newest points against mean and standard deviation of those before, both on a logarithmic scale (the inverse hyperbolic sine, in units of the
/// stream's usual size), so that rates that grow by factors and values of either sign are alike.
/// </summary>
internal sealed class LevelShift(TimeSeriesOptions options) : SeriesStatistic
{
    private const int LeastReference = 20;
    private const double DeviationFloor = 1e-3;
    private readonly SlidingValues values = new(options.ReferencePoints + options.RecentPoints);
    /// <summary>What 1 is; 0 until enough was seen to tell.</summary>
    private double unit;

    public override long Bytes => values.Bytes;

    public override double Measure(in SeriesPoint point)
    {
        int recent = options.RecentPoints;
        ReadOnlySpan<double> reference = values.Before(recent - 1, options.ReferencePoints);
        if (unit == 0 || reference.Length < Math.Max(LeastReference, Math.Min(3 * recent, options.ReferencePoints))) return 0;
        double usual = TensorPrimitives.Sum(reference) / reference.Length;
        double now = (TensorPrimitives.Sum(values.Newest(recent - 1)) + Scaled(point.Value)) / recent;
        double[] rented = ArrayPool<double>.Shared.Rent(reference.Length);
        Span<double> room = rented.AsSpan(0, reference.Length);
        TensorPrimitives.Subtract(reference, usual, room);
        double deviation = Math.Sqrt(TensorPrimitives.SumOfSquares<double>(room) / room.Length);
        ArrayPool<double>.Shared.Return(rented);
        return Ratio(Math.Abs(now - usual), deviation + (DeviationFloor * Math.Abs(usual)) + Rounding);
    }

    public override void Learn(in SeriesPoint point)
    {
        values.Add(unit == 0 ? point.Value : Scaled(point.Value));
        if (unit == 0 && values.Count >= Math.Min(options.MinimumPoints, options.ReferencePoints)) ChooseUnit();
    }

    public override void Write(ArtefactWriter writer)
    {
        writer.Double(unit);
        values.Write(writer);
    }

    public override void Read(ref ArtefactReader reader)
    {
        unit = reader.Double();
        values.Read(ref reader);
    }

    /// <summary>The median size of what is not 0; undecided while everything is 0.</summary>
    private void ChooseUnit()
    {
        Span<double> sizes = new double[Math.Min(values.Count, options.ReferencePoints)];
        TensorPrimitives.Abs(values.Newest(sizes.Length), sizes);
        sizes.Sort();
        int zeros = sizes.IndexOfAnyExcept(0.0);
        if (zeros < 0) return;
        unit = sizes[(zeros + sizes.Length) / 2];
        foreach (ref double value in values.All) value = Scaled(value);
    }

    private double Scaled(double value) => Math.Asinh(value / unit);
}
