using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>How far a value lies outside everything seen, in units of the range seen.</summary>
internal sealed class RangeExcess : SeriesStatistic
{
    private double lowest = double.PositiveInfinity;
    private double highest = double.NegativeInfinity;

    public override double Measure(in SeriesPoint point)
    {
        if (lowest > highest) return 0;
        double scale = Math.Max(highest - lowest, Rounding * Math.Max(Math.Abs(lowest), Math.Abs(highest)));
        return Ratio(Math.Max(point.Value - highest, lowest - point.Value), scale);
    }

    public override void Learn(in SeriesPoint point)
    {
        lowest = Math.Min(lowest, point.Value);
        highest = Math.Max(highest, point.Value);
    }

    public override void Write(ArtefactWriter writer)
    {
        writer.Double(lowest);
        writer.Double(highest);
    }

    public override void Read(ref ArtefactReader reader)
    {
        lowest = reader.Double();
        highest = reader.Double();
    }
}
