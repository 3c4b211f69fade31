using Ecart.Streaming.Sources;

namespace Ecart.App.Rejected;

/// <summary>Records that are tried again, as a source. Not thread-safe: one reader.</summary>
internal sealed class RetrySource(IReadOnlyList<ReplayItem> items) : IReplaySource
{
    /// <summary>Positions under this name are forgotten before and after each retry: what is stored is recognised by its uid.</summary>
    public const string SourceName = "retry of rejected records";

    private int next;

    public string Name => SourceName;

    public long Position => next;

    public string? Failure => null;

    public double Progress => items.Count == 0 ? 1 : (double)next / items.Count;

    public bool TryRead(out ReplayItem item)
    {
        bool more = next < items.Count;
        item = more ? items[next++] : default;
        return more;
    }

    public void Dispose()
    {
    }
}
