namespace Ecart.Detection.Streaming.Entities;

/// <summary>A detector of vectors; the time does not matter to it.</summary>
internal sealed class VectorStream(IStreamDetector detector) : EntityStream
{
    public override long Bytes => detector.Bytes;

    public override int Parts => detector.Dimension;

    public override double Score(DateTime time, ReadOnlySpan<float> values) => detector.HasOpinion ? detector.Score(values) : double.NaN;

    public override void Learn(DateTime time, ReadOnlySpan<float> values) => detector.Learn(values);

    public override void Explain(DateTime time, ReadOnlySpan<float> values, Span<double> parts) => detector.Explain(values, parts);

    public override byte[] Save() => detector.Save();
}
