using System.Globalization;
using Ecart.Domains.Transactions;
using Ecart.Streaming.Pipeline;

namespace Ecart.Bench.Pipeline;

/// <summary>One run of the benchmark on one server: a round to warm up, then the rounds that count.</summary>
internal sealed class PipelineSession(PipelineBenchmarkOptions options, BenchmarkStore store, IProgress<string> progress)
{
    private readonly EventStream stream = new(options.Events, options.Accounts);
    private readonly int batchSize = new PipelineOptions().BatchSize;

    /// <summary>What a stored event takes on disk; known after <see cref="RunAsync"/>.</summary>
    public StorageFootprint Footprint { get; private set; }

    /// <summary>Runs all rounds.</summary>
    public async Task<IReadOnlyList<PipelineRound>> RunAsync(CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        var rounds = new List<PipelineRound>();
        for (int round = 1; round <= options.Rounds; round++)
        {
            rounds.Add(await RunRoundAsync(cancellationToken));
            progress.Report(string.Create(
                CultureInfo.InvariantCulture,
                $"Round {round} of {options.Rounds}: pipeline {rounds[^1].Replay.PerSecond:N0} events/s, copy {rounds[^1].Ceiling.PerSecond:N0} rows/s, "
                + $"ratio {rounds[^1].Ratio:F3}"));
        }

        return rounds;
    }

    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        progress.Report($"Warming up: {options.Events:N0} events of {options.Accounts:N0} accounts over {stream.Days} days");
        (_, FinishedRows rows) = await ReplayAsync(cancellationToken);
        Footprint = await store.MeasureFootprintAsync(options.Events, cancellationToken);
        FinishedRows sorted = rows.Sorted(batchSize);
        foreach (FinishedRows copied in new[] { sorted, sorted.WithBase64Vectors() })
        {
            await store.BeginAsync(cancellationToken);
            await CeilingRun.MeasureAsync(store, copied, batchSize, 2, cancellationToken);
        }
    }

    private async Task<PipelineRound> RunRoundAsync(CancellationToken cancellationToken)
    {
        ScoringResult scoring = ScoringRun.Measure(options);
        (Throughput replay, FinishedRows rows) = await ReplayAsync(cancellationToken);
        IReadOnlyList<Throughput> plain = await CeilingRun.MeasureAllAsync(store, rows, batchSize, cancellationToken);
        FinishedRows inOrder = rows.Sorted(batchSize);
        IReadOnlyList<Throughput> sorted = await CeilingRun.MeasureAllAsync(store, inOrder, batchSize, cancellationToken);
        IReadOnlyList<Throughput> tuned = await CeilingRun.MeasureAllAsync(store, inOrder.WithBase64Vectors(), batchSize, cancellationToken);
        return new PipelineRound(replay, plain, sorted, tuned, scoring);
    }

    /// <summary>Replays and reads back what was stored. Between rounds no rows are kept: a large heap would slow the next replay down.</summary>
    private async Task<(Throughput Replay, FinishedRows Rows)> ReplayAsync(CancellationToken cancellationToken)
    {
        TransactionEvent[] events = stream.Generate();
        await store.BeginAsync(cancellationToken);
        Throughput replay = await ReplayRun.MeasureAsync(store, events, cancellationToken);
        return (replay, await FinishedRows.ReadAsync(store, events, cancellationToken));
    }
}
