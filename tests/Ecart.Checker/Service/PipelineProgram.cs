using System.Runtime.InteropServices;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;

namespace Ecart.Checker.Service;

/// <summary>The live pipeline alone as a process that can be killed: one source, no program around it.</summary>
internal static class PipelineProgram
{
    /// <summary>Options under which verdict histories speak within a short stream.</summary>
    public static TransactionOptions Options { get; } = TransactionOptions.Default with
    {
        EntityHistory = TransactionOptions.Default.EntityHistory with { LabelDelayDays = 1, PriorStrength = 50 },
    };

    /// <summary>Runs until SIGTERM, then drains.</summary>
    /// <param name="file">The file to follow.</param>
    /// <param name="connectionString">The store.</param>
    /// <param name="batchSize">Items of one transaction, at most.</param>
    public static async Task<int> RunAsync(string file, string connectionString, int batchSize)
    {
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        using var pipeline = new LivePipeline(
            connectionString,
            new DomainStore(connectionString, static () => new TransactionTable()),
            _ => Task.FromResult<IDomainEngine>(new TransactionEngine(Options)),
            new PipelineOptions { BatchSize = batchSize, CheckpointEvery = 20 * batchSize },
            new BatchCommitterOptions
            {
                GiveUpAfter = TimeSpan.MaxValue,
                Retrying = (error, _) => Console.Error.WriteLine($"trying again: {error.Message}"),
            },
            TimeProvider.System);
        await pipeline.RunAsync([new GrowingFileSource(file, TimeProvider.System)], stop.Token);
        return 0;
    }
}
