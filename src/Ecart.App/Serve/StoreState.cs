namespace Ecart.App.Serve;

/// <summary>Whether the store answers, as far as is known, and what it was last seen to hold. Thread-safe.</summary>
internal sealed class StoreState
{
    private volatile bool isAway;
    private long pendingAlerts;
    private long failures;

    /// <summary>Whether the last thing that was tried failed.</summary>
    public bool IsAway => isAway;

    /// <summary>Alerts that wait to be sent, when last looked.</summary>
    public long PendingAlerts
    {
        get => Volatile.Read(ref pendingAlerts);
        set => Volatile.Write(ref pendingAlerts, value);
    }

    /// <summary>Attempts to read from or write to the store that failed and were or will be made again.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>Something failed that may pass.</summary>
    public void Failed()
    {
        isAway = true;
        Interlocked.Increment(ref failures);
    }

    /// <summary>The store has answered.</summary>
    public void Answered() => isAway = false;
}
