namespace Ecart.Streaming.Pipeline;

/// <summary>Holds a stream to a multiple of its own pace. Event times never go back: an older event is due at once.</summary>
internal sealed class ReplayClock(double? speed, TimeProvider timeProvider)
{
    private DateTime? first;
    private long started;

    /// <summary>Waits until an event of this time is due.</summary>
    public async ValueTask WaitForAsync(DateTime occurredAt, CancellationToken cancellationToken)
    {
        if (speed is not { } factor) return;
        if (first is null)
        {
            first = occurredAt;
            started = timeProvider.GetTimestamp();
            return;
        }

        TimeSpan wait = ((occurredAt - first.Value) / factor) - timeProvider.GetElapsedTime(started);
        if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait, timeProvider, cancellationToken).ConfigureAwait(false);
    }
}
