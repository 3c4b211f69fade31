namespace Ecart.Streaming.Pipeline;

/// <summary>Holds a stream to a multiple of its own pace. Event times never go back: an older event is due at once.</summary>
internal sealed class ReplayClock(double? speed, TimeProvider timeProvider)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private DateTime? first;
    private long started;

    /// <summary>How long it takes until an event of this time is due; zero without a pace. The first event is due at once and starts the clock.</summary>
    public TimeSpan UntilDue(DateTime occurredAt)
    {
        if (speed is not { } factor) return TimeSpan.Zero;
        if (first is null)
        {
            first = occurredAt;
            started = timeProvider.GetTimestamp();
            return TimeSpan.Zero;
        }

        TimeSpan wait = ((occurredAt - first.Value) / factor) - timeProvider.GetElapsedTime(started);
        return wait > Shortest ? wait : TimeSpan.Zero;
    }
}
