using System.Diagnostics;
using Ecart.Bench.Pipeline;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;

namespace Ecart.Bench.Growth;

/// <summary>One population through the real pipeline, with its memory.</summary>
internal sealed class GrowthRun(BenchmarkStore store, GrowthOptions options)
{
    private readonly PipelineOptions pipelineOptions = new() { BatchSize = 5000, MaximumResidentEntities = options.MostResident };

    /// <summary>Runs events of a population that the store knows.</summary>
    public async Task<GrowthResult> MeasureAsync(int accounts, bool isZipf, DateTime start, CancellationToken cancellationToken)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        (long committed, long misses, long begun) half = default;
        var pipeline = new ReplayPipeline(
            store.ConnectionString,
            new DomainStore(store.ConnectionString, static () => new TransactionTable()),
            () => new TransactionEngine(new TransactionOptions()),
            pipelineOptions,
            new BatchCommitterOptions(),
            TimeProvider.System);
        PipelineCounters counters = pipeline.Counters;
        using var peak = new MemoryPeak();
        await pipeline.RunAsync(
            () => new GrowthSource(
                new AccountChoice(accounts, isZipf),
                options.Events,
                start,
                () => half = (counters.Committed, counters.EntityMisses, Stopwatch.GetTimestamp())),
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(half.begun);
        if (counters.Committed != options.Events)
            throw new InvalidOperationException($"The pipeline committed {counters.Committed} of {options.Events} events: a benchmark of that says nothing.");
        long events = counters.Committed - half.committed;
        long peakBytes = peak.Bytes - before;
        (double each, long rest) = Weigh(pipeline.Engine!, before);
        return new GrowthResult(
            accounts,
            isZipf ? "Zipf" : "uniform",
            events / elapsed.TotalSeconds,
            (double)(counters.EntityMisses - half.misses) / events,
            counters.ResidentEntities,
            each,
            rest,
            peakBytes);
    }

    /// <summary>What an entity takes: all are dropped, which the last checkpoint permits, and memory is looked at before and after.</summary>
    private static (double EachBytes, long RestBytes) Weigh(IDomainEngine engine, long before)
    {
        long with = GC.GetTotalMemory(forceFullCollection: true);
        int dropped = engine.Evict(0);
        long without = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(engine);
        return ((double)(with - without) / dropped, without - before);
    }
}
