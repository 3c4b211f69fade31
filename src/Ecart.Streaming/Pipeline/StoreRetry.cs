using Ecart.MariaDb.Writing;

namespace Ecart.Streaming.Pipeline;

/// <summary>Repeats work on the store that can be repeated, while its failures are of the kind that passes. Thread-safe.</summary>
internal sealed class StoreRetry(BatchCommitterOptions options)
{
    /// <summary>Does the work.</summary>
    /// <param name="work">The work; done again from the start.</param>
    /// <param name="reset">Clears up after a failure; null when there is nothing to clear up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">The store did not come back in time.</exception>
    public async Task RunAsync(Func<Task> work, Func<Task>? reset, CancellationToken cancellationToken)
    {
        long? failingSince = null;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await work().ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                if (reset is not null) await reset().ConfigureAwait(false);
                failingSince ??= options.TimeProvider.GetTimestamp();
                if (options.TimeProvider.GetElapsedTime(failingSince.Value) > options.GiveUpAfter)
                    throw StoreUnavailableException.After(options.GiveUpAfter, error);
                TimeSpan pause = TimeSpan.FromMilliseconds(Math.Min(5000, 100 << Math.Min(attempt, 6)));
                options.Retrying?.Invoke(error, pause);
                await Task.Delay(pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
