using Ecart.Detection.Streaming.TimeSeries;

namespace Ecart.Detection.Streaming.Entities;

/// <summary>A detector of one value in time.</summary>
internal sealed class SeriesStream(TimeSeriesDetector detector) : EntityStream
{
    /// <summary>The detector's own scale ends where the rarest that it can tell rounds to 1.</summary>
    private const double MostDecades = 15;

    /// <summary>What its parts are called, behind the field's name.</summary>
    public static IReadOnlyList<string> PartNames { get; } = [.. Enum.GetNames<TimeSeriesComponent>().Select(name => name.ToLowerInvariant())];

    public override long Bytes => detector.Bytes;

    public override int Parts => PartNames.Count;

    /// <returns>Decades of rarity.</returns>
    public override double Score(DateTime time, ReadOnlySpan<float> values) =>
        detector.HasOpinion ? Math.Min(MostDecades, -Math.Log10(1 - detector.Score(time, values[0]))) : double.NaN;

    public override void Learn(DateTime time, ReadOnlySpan<float> values) => detector.Learn(time, values[0]);

    public override void Explain(DateTime time, ReadOnlySpan<float> values, Span<double> parts) => detector.Explain(time, values[0], parts);

    public override byte[] Save() => detector.Save();
}
