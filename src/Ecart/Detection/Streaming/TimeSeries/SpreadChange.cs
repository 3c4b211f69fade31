using System.Numerics.Tensors;
using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>Mean change from point to point among the newest against those before, as the size of the logarithm of their ratio.</summary>
internal sealed class SpreadChange(SlidingValues history, TimeSeriesOptions options) : SeriesStatistic
{
    private const int LeastReference = 20;
    /// <summary>Share of both that is added to each, so that no change at all is a finite ratio.</summary>
    private const double Floor = 1e-3;
    private readonly SlidingValues changes = new(options.ReferencePoints + options.RecentPoints);

    public override long Bytes => changes.Bytes;

    public override int Overlap => options.RecentPoints;

    public override double Measure(in SeriesPoint point)
    {
        int recent = options.RecentPoints;
        ReadOnlySpan<double> reference = changes.Before(recent - 1, options.ReferencePoints);
        if (reference.Length < Math.Max(LeastReference, Math.Min(3 * recent, options.ReferencePoints))) return 0;
        double usual = TensorPrimitives.Sum(reference) / reference.Length;
        double now = (TensorPrimitives.Sum<double>(changes.Newest(recent - 1)) + ChangeTo(point)) / recent;
        double floor = Floor * (usual + now);
        return floor == 0 ? 0 : Ratio(Math.Abs(Math.Log((now + floor) / (usual + floor))), 1);
    }

    public override void Learn(in SeriesPoint point)
    {
        if (history.Count > 0) changes.Add(ChangeTo(point));
    }

    public override void Write(ArtefactWriter writer) => changes.Write(writer);

    public override void Read(ref ArtefactReader reader) => changes.Read(ref reader);

    private double ChangeTo(in SeriesPoint point) => history.Count == 0 ? 0 : Math.Abs(point.Value - history.All[^1]);
}
