using System.Threading.Channels;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Pipeline;

/// <summary>One run of a pipeline: from a state to the end of a source, or to the first refused row.</summary>
internal sealed class PipelineRun(
    IDomainEngine engine,
    IDomainStore store,
    LaneCursors lanes,
    BatchCommitter committer,
    RowFormat format,
    string sourceName,
    long position,
    PipelineOptions options,
    PipelineCounters counters)
{
    private readonly LaneScorer scorer = new(engine, lanes, options.BatchesAhead + options.BatchesInFlight + 4);
    private readonly Queue<(Task<CommitOutcome> Commit, OutgoingBatch Batch)> inFlight = new();
    private readonly Stack<OutgoingBatch> spare = new();
    private readonly HashSet<int> months = [];
    private long sinceCheckpoint;
    private bool isDirty;

    /// <summary>Whether the server refused a row, so that the state must be built again from the store.</summary>
    public bool HasRefusedRows { get; private set; }

    /// <summary>Scores and commits until the channel ends. A cancelled run commits what it has scored.</summary>
    public async Task ProcessAsync(ChannelReader<IncomingBatch> incoming, CancellationToken cancellationToken)
    {
        try
        {
            while (!HasRefusedRows && await incoming.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (incoming.TryRead(out IncomingBatch? batch)) await ProcessAsync(batch).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping is not a failure: what was scored is committed below.
        }

        if (isDirty && !HasRefusedRows) await SubmitAsync(Rent(), withCheckpoint: true).ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
    }

    private async Task ProcessAsync(IncomingBatch batch)
    {
        await EnsureRoomAsync(batch).ConfigureAwait(false);
        for (int next = 0; next < batch.Items.Count && !HasRefusedRows;)
        {
            OutgoingBatch outgoing = Rent();
            int start = next;
            next = scorer.Process(batch, next, outgoing);
            position = batch.PositionAfter(next);
            if (next > start) await SubmitAsync(outgoing, sinceCheckpoint + outgoing.Entries >= options.CheckpointEvery).ConfigureAwait(false);
            if (next == batch.Items.Count) break;
            await DrainAsync().ConfigureAwait(false);
            await LookUpAsync(batch, next).ConfigureAwait(false);
        }
    }

    /// <summary>A label waits for an event that was committed only just now.</summary>
    private async Task LookUpAsync(IncomingBatch batch, int item)
    {
        UInt128 key = batch.Keys[item];
        Dictionary<UInt128, LabelledEvent> found = await store.FindCommittedAsync(key, CancellationToken.None).ConfigureAwait(false);
        var labelled = new Dictionary<UInt128, LabelledEvent>(batch.Labelled);
        foreach ((UInt128 foundKey, LabelledEvent labelledEvent) in found) labelled[foundKey] = labelledEvent;
        batch.Labelled = labelled;
    }

    private async Task SubmitAsync(OutgoingBatch outgoing, bool withCheckpoint)
    {
        while (inFlight.Count >= options.BatchesInFlight) await TakeOldestAsync().ConfigureAwait(false);
        lanes.AddAdvances(outgoing.Commit.Lanes);
        outgoing.Commit.Positions.Add(new SourceAdvance(sourceName, 0, position));
        sinceCheckpoint += outgoing.Entries;
        isDirty = true;
        if (withCheckpoint)
        {
            var checkpoint = new StateCheckpoint(store.Domain, format);
            engine.WriteCheckpoint(checkpoint);
            outgoing.Commit.Checkpoint = checkpoint;
            sinceCheckpoint = 0;
            isDirty = false;
        }

        inFlight.Enqueue((committer.SubmitAsync(outgoing.Commit, CancellationToken.None), outgoing));
        scorer.EndBatch();
    }

    private async Task DrainAsync()
    {
        while (inFlight.Count > 0) await TakeOldestAsync().ConfigureAwait(false);
    }

    private async Task TakeOldestAsync()
    {
        (Task<CommitOutcome> commit, OutgoingBatch batch) = inFlight.Dequeue();
        try
        {
            CommitOutcome outcome = await commit.ConfigureAwait(false);
            HasRefusedRows |= outcome.Refused.Count > 0;
            batch.Tally.Rejected += outcome.Refused.Count;
            counters.AddCommitted(batch.Tally);
        }
        catch (DiscardedException) when (HasRefusedRows)
        {
            // Scored with a state that the log does not bear out: it is read and scored again.
        }

        batch.Clear();
        spare.Push(batch);
    }

    private OutgoingBatch Rent() => spare.TryPop(out OutgoingBatch? batch) ? batch : new OutgoingBatch(engine.Dimension);

    /// <summary>
    /// Makes the partitions that a batch needs before its rows come. Waits for the batches being written: changing partitions waits for them too, and
    /// blocks those that come after.
    /// </summary>
    private async Task EnsureRoomAsync(IncomingBatch batch)
    {
        DateTime earliest = DateTime.MaxValue;
        DateTime latest = DateTime.MinValue;
        foreach (ReplayItem item in batch.Items)
        {
            if (item.Event is not { } domainEvent || months.Contains(MonthOf(domainEvent.OccurredAt))) continue;
            if (domainEvent.OccurredAt < earliest) earliest = domainEvent.OccurredAt;
            if (domainEvent.OccurredAt > latest) latest = domainEvent.OccurredAt;
        }

        if (earliest > latest) return;
        await DrainAsync().ConfigureAwait(false);
        await store.EnsureRoomAsync(earliest, latest, CancellationToken.None).ConfigureAwait(false);
        for (int month = MonthOf(earliest); month <= MonthOf(latest); month++) months.Add(month);
    }

    private static int MonthOf(DateTime time) => (time.Year * 12) + time.Month - 1;
}
