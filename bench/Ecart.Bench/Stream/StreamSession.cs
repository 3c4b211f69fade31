using System.Globalization;
using Ecart.Bench.Pipeline;
using Ecart.Domains.Transactions;
using Ecart.Streaming.Pipeline;

namespace Ecart.Bench.Stream;

/// <summary>One run of the benchmark on one server: a round to warm up, then the rounds that count.</summary>
internal sealed class StreamSession(StreamBenchmarkOptions options, BenchmarkStore store, IProgress<string> progress)
{
    private readonly EventStream stream = new(options.Events, options.Accounts);
    private readonly int batchSize = PipelineOptions.Live.BatchSize;

    /// <summary>Bytes of a message on average; known after <see cref="RunAsync"/>.</summary>
    public double MessageBytes { get; private set; }

    /// <summary>Runs all rounds.</summary>
    public async Task<IReadOnlyList<StreamRound>> RunAsync(CancellationToken cancellationToken)
    {
        progress.Report($"Warming up: {options.Events:N0} events of {options.Accounts:N0} accounts over {stream.Days} days");
        await RunRoundAsync(cancellationToken);
        var rounds = new List<StreamRound>();
        for (int round = 1; round <= options.Rounds; round++)
        {
            StreamRound result = await RunRoundAsync(cancellationToken);
            rounds.Add(result);
            progress.Report(string.Create(
                CultureInfo.InvariantCulture,
                $"Round {round} of {options.Rounds}: stream {result.Stream.PerSecond:N0} events/s, copy {result.Ceiling.PerSecond:N0} rows/s, "
                + $"ratio {result.Ratio:F3}; loop {result.Loop.PerSecond:N0} events/s, {result.OverLoop:F1} times"));
        }

        return rounds;
    }

    /// <summary>Between rounds no rows are kept: a large heap would slow the next stream down.</summary>
    private async Task<StreamRound> RunRoundAsync(CancellationToken cancellationToken)
    {
        (Throughput streamed, FinishedRows rows, Throughput loop) = await StreamAsync(cancellationToken);
        IReadOnlyList<Throughput> plain = await CeilingRun.MeasureAllAsync(store, rows, batchSize, cancellationToken);
        return new StreamRound(streamed, plain, await CeilingRun.MeasureAllAsync(store, rows.Sorted(batchSize), batchSize, cancellationToken), loop);
    }

    private async Task<(Throughput Streamed, FinishedRows Rows, Throughput Loop)> StreamAsync(CancellationToken cancellationToken)
    {
        TransactionEvent[] events = stream.Generate();
        EventMessages messages = EventMessages.Of(events, StreamRun.Partitions);
        MessageBytes = messages.MeanBytes;
        await store.BeginAsync(cancellationToken);
        Throughput loop = await LoopRun.MeasureAsync(store, messages, Math.Min(options.LoopEvents, messages.Count), cancellationToken);
        await store.BeginAsync(cancellationToken);
        Throughput streamed = await StreamRun.MeasureAsync(store, messages, cancellationToken);
        return (streamed, await FinishedRows.ReadAsync(store, events, cancellationToken), loop);
    }
}
