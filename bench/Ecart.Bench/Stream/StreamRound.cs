using Ecart.Bench.Pipeline;

namespace Ecart.Bench.Stream;

/// <summary>One round: the same events through the service's pipeline, by bare copies and one at a time, each into empty tables.</summary>
/// <param name="Stream">From the producer's first message to the last durable commit.</param>
/// <param name="Plain">Bare MySqlBulkCopy of the finished rows in the order of events: over 1, 2 and 3 connections.</param>
/// <param name="Sorted">The same in the order of the log.</param>
/// <param name="Loop">One event, one transaction.</param>
internal sealed record StreamRound(Throughput Stream, IReadOnlyList<Throughput> Plain, IReadOnlyList<Throughput> Sorted, Throughput Loop)
{
    /// <summary>The fastest bare copy in either order.</summary>
    public Throughput Ceiling => Plain.Concat(Sorted).MaxBy(copy => copy.PerSecond);

    /// <summary>Share of the ceiling that the stream reaches.</summary>
    public double Ratio => Stream.PerSecond / Ceiling.PerSecond;

    /// <summary>Times the loop that the stream reaches.</summary>
    public double OverLoop => Stream.PerSecond / Loop.PerSecond;
}
