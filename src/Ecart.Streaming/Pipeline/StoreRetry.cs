using Ecart.MariaDb.Writing;

namespace Ecart.Streaming.Pipeline;

/// <summary>Repeats a read of the store while its failures are of the kind that passes.</summary>
internal static class StoreRetry
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Func<Task> read, Func<Task> reset, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await read().ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (TransientErrors.IsTransient(error) && timeProvider.GetElapsedTime(started) < GiveUpAfter)
            {
                await reset().ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5000, 100 << Math.Min(attempt, 6))), timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
