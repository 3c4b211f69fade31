using Ecart.Streaming.Live;

namespace Ecart.App.Serve.Http;

/// <summary>What is posted, as a source: open while the pipeline takes items. Thread-safe.</summary>
internal sealed class HttpSource : ILiveSource
{
    /// <summary>Name under which rejected records are kept.</summary>
    public const string SourceName = "http";

    private volatile IIntake? intake;
    private long lastPlace;

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <summary>Whether items are taken now: not before the state is restored, not once the service stops.</summary>
    public bool IsOpen => intake is not null;

    /// <inheritdoc/>
    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        this.intake = intake;
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
        finally
        {
            this.intake = null;
        }
    }

    /// <summary>Hands an item in unless the pipeline is full or the service stops.</summary>
    public bool TryEnter(PostedItem posted)
    {
        posted.IsTaken = intake?.TryEnter(new IntakeItem(posted.Item, null, posted)) ?? false;
        return posted.IsTaken;
    }

    /// <summary>
    /// A place for one more item, by which a rejected record is told from others: microseconds of wall time, so that no restart gives one twice, and always
    /// more than the one before.
    /// </summary>
    public long NextPlace()
    {
        long now = TimeProvider.System.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond;
        for (; ; )
        {
            long last = Volatile.Read(ref lastPlace);
            long next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref lastPlace, next, last) == last) return next;
        }
    }
}
