using Ecart.Events;
using Ecart.Scoring;
using Ecart.Streaming.Live;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.FollowedFile;

/// <summary>Counts what became durable, and lets a test wait for a number of it.</summary>
internal sealed class DurableCount : IReceipt
{
    private readonly Lock change = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Events stored and records rejected.</summary>
    public int Count { get; private set; }

    /// <summary>Items that were known before.</summary>
    public int Repeated { get; private set; }

    public void Stored(in ScoredEvent scored) => Add(1, 0);

    public void Known() => Add(0, 1);

    public void Applied() => Add(0, 0);

    public void Rejected(RejectedRecord rejected) => Add(1, 0);

    public void Abandoned(Exception cause) => Add(0, 0);

    public async Task WaitForAsync(int count)
    {
        while (true)
        {
            Task next;
            lock (change)
            {
                if (Count >= count) return;
                next = changed.Task;
            }

            await next.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private void Add(int durable, int repeated)
    {
        lock (change)
        {
            Count += durable;
            Repeated += repeated;
            changed.SetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
