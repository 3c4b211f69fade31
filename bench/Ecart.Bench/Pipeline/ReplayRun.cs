using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Pipeline;

namespace Ecart.Bench.Pipeline;

/// <summary>The real pipeline over events in memory: look up, score, commit, with its state checkpoints, to the last durable commit.</summary>
internal static class ReplayRun
{
    /// <summary>Replays all events.</summary>
    public static async Task<Throughput> MeasureAsync(BenchmarkStore store, TransactionEvent[] events, CancellationToken cancellationToken)
    {
        var pipeline = new ReplayPipeline(
            store.ConnectionString,
            new DomainStore(store.ConnectionString, static () => new TransactionTable()),
            () => new TransactionEngine(new TransactionOptions()),
            new PipelineOptions(),
            new BatchCommitterOptions(),
            TimeProvider.System);
        var meter = new ProcessorMeter(store.ServerProcess);
        await pipeline.RunAsync(() => new MemorySource(events), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Throughput throughput = meter.Read(events.Length);
        if (pipeline.Counters.Committed != events.Length)
            throw new InvalidOperationException($"The pipeline committed {pipeline.Counters.Committed} of {events.Length} events: a benchmark of that says nothing.");
        return throughput;
    }
}
