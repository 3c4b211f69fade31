namespace Ecart.Bench.Pipeline;

/// <summary>One round: the same rows by the pipeline and by bare copies, each into empty tables.</summary>
/// <param name="Replay">The pipeline.</param>
/// <param name="Plain">Bare MySqlBulkCopy of the rows in the order of events: over 1, 2 and 3 connections.</param>
/// <param name="Sorted">Bare MySqlBulkCopy of the rows in the order of the log, in which the pipeline writes them: over 1, 2 and 3 connections.</param>
/// <param name="Tuned">The latter with vectors as Base64, which an expression decodes: over 1, 2 and 3 connections.</param>
/// <param name="Scoring">Scoring alone.</param>
internal sealed record PipelineRound(
    Throughput Replay, IReadOnlyList<Throughput> Plain, IReadOnlyList<Throughput> Sorted, IReadOnlyList<Throughput> Tuned, ScoringResult Scoring)
{
    /// <summary>The fastest bare copy in either order.</summary>
    public Throughput Ceiling => Plain.Concat(Sorted).MaxBy(copy => copy.PerSecond);

    /// <summary>Share of the ceiling that the pipeline reaches.</summary>
    public double Ratio => Replay.PerSecond / Ceiling.PerSecond;

    /// <summary>Share of the fastest copy of any kind.</summary>
    public double TunedRatio => Replay.PerSecond / Math.Max(Ceiling.PerSecond, Tuned.Max(copy => copy.PerSecond));
}
