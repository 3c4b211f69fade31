using System.Threading.Channels;
using Ecart.Events;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Cluster;

/// <summary>The lanes of this node, for its own router and for other nodes: takes items and answers once all have come to an end. Thread-safe.</summary>
internal sealed class LocalLanes
{
    private readonly TaskCompletionSource<IIntake> intake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The pipeline is there.</summary>
    public void Open(IIntake local) => intake.TrySetResult(local);

    /// <summary>Takes what another node sends.</summary>
    public async Task<byte[]> TakeAsync(byte[] items) =>
        OutcomeCodec.Write(await TakeAsync(ItemCodec.Read(items)).ConfigureAwait(false));

    /// <summary>Hands items in, in their order, and waits for all of them.</summary>
    public async Task<IReadOnlyList<ItemOutcome>> TakeAsync(IReadOnlyList<ReplayItem> items)
    {
        IIntake local = await intake.Task.ConfigureAwait(false);
        var call = new Call(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            var receipt = new Receipt(call, i, LaneOf(items[i]));
            try
            {
                await local.EnterAsync(new IntakeItem(items[i], null, receipt), CancellationToken.None).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                // This node ends; what it has taken still comes to an end.
                for (; i < items.Count; i++) call.End(i, default);
            }
        }

        await call.Ended.ConfigureAwait(false);
        return call.Outcomes;
    }

    private static int LaneOf(in ReplayItem item) => item.Event is { } scored
        ? LaneMap.LaneOf(scored.Domain, scored.PrimaryEntityId)
        : item.EventLane ?? RoutedItem.NoLane;

    private sealed class Call
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ItemOutcome[] outcomes;
        private readonly bool[] refused = new bool[LaneMap.Count];
        private int open;

        public Call(int items)
        {
            outcomes = new ItemOutcome[items];
            open = items;
            if (items == 0) ended.SetResult();
        }

        public Task Ended => ended.Task;

        public IReadOnlyList<ItemOutcome> Outcomes => outcomes;

        /// <summary>
        /// Whether an earlier item of a lane had to go elsewhere: should the lane come back meanwhile, the later ones must not overtake it.
        /// </summary>
        public bool HasRefused(int lane) => lane >= 0 && Volatile.Read(ref refused[lane]);

        public void Refuse(int lane) => Volatile.Write(ref refused[lane], true);

        public void End(int item, ItemOutcome outcome)
        {
            outcomes[item] = outcome;
            if (Interlocked.Decrement(ref open) == 0) ended.SetResult();
        }
    }

    private sealed class Receipt(Call call, int item, int lane) : IReceipt
    {
        public bool IsWithdrawn => call.HasRefused(lane);

        public void Stored(in ScoredEvent scored) => call.End(item, new ItemOutcome(ItemOutcomeKind.Stored, VerdictCodec.Write(in scored)));

        public void Known() => call.End(item, new ItemOutcome(ItemOutcomeKind.Known));

        public void Applied() => call.End(item, new ItemOutcome(ItemOutcomeKind.Applied));

        public void Rejected(RejectedRecord rejected) => call.End(item, new ItemOutcome(ItemOutcomeKind.Rejected, Rejection: rejected));

        public void Abandoned(Exception cause)
        {
            if (cause is LaneElsewhereException elsewhere) call.Refuse(elsewhere.Lane);
            call.End(item, default);
        }
    }
}
