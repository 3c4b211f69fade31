using Confluent.Kafka;
using Ecart.Bench.Pipeline;
using Ecart.Embedded;
using MySqlConnector;

namespace Ecart.Bench;

/// <summary>Runs a benchmark on a store of its own, and says why when it cannot.</summary>
internal static class StoreRun
{
    /// <summary>Opens the store and measures.</summary>
    /// <returns>The exit code: what the measuring says, 130 when it was stopped, 1 when it failed.</returns>
    public static async Task<int> RunAsync(Func<BenchmarkStore, IProgress<string>, Task<int>> measure, CancellationToken cancellationToken)
    {
        var progress = new ErrorStreamProgress();
        try
        {
            await using BenchmarkStore store = await BenchmarkStore.OpenAsync(progress, cancellationToken);
            return await measure(store, progress);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("bench: stopped; a part of a run says nothing.");
            return 130;
        }
        catch (Exception error) when (error is EmbeddedMariaDbException or MySqlException or KafkaException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"bench: {error.Message}");
            return 1;
        }
    }
}
