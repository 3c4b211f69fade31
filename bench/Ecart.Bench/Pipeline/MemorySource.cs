using Ecart.Domains.Transactions;
using Ecart.Streaming.Sources;

namespace Ecart.Bench.Pipeline;

/// <summary>Events in memory as a replay source.</summary>
internal sealed class MemorySource(TransactionEvent[] events) : IReplaySource
{
    private int position;

    public string Name => "benchmark";

    public long Position => position;

    public string? Failure => null;

    public double Progress => events.Length == 0 ? 1 : (double)position / events.Length;

    public bool TryRead(out ReplayItem item)
    {
        if (position == events.Length)
        {
            item = default;
            return false;
        }

        item = new ReplayItem(events[position], null, null, Name, position + 1);
        position++;
        return true;
    }

    public void Dispose()
    {
    }
}
