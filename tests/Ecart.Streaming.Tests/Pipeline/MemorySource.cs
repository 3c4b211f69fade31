using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>Items in memory as a source.</summary>
/// <param name="items">What it yields.</param>
/// <param name="beforeItem">Called on the reading thread with the index of each item before it is yielded, also while items are skipped.</param>
internal sealed class MemorySource(IReadOnlyList<ReplayItem> items, Action<int>? beforeItem = null) : IReplaySource
{
    private int next;

    public string Name { get; init; } = "memory";

    /// <summary>Item from which the source counts as failed, although it yields a few more.</summary>
    public int FailsAt { get; init; } = int.MaxValue;

    public long Position => Math.Min(next, FailsAt);

    public string? Failure => next > FailsAt ? "broken in the test" : null;

    public double Progress => (double)next / items.Count;

    public bool TryRead(out ReplayItem item)
    {
        item = default;
        if (next == items.Count) return false;
        beforeItem?.Invoke(next);
        item = items[next++];
        return true;
    }

    public void Dispose()
    {
    }
}
