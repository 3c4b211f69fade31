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
    ResidentSet residents,
    LaneCursors lanes,
    RefusedEvents refused,
    BatchCommitter committer,
    StoreRetry retry,
    RowFormat format,
    PipelineOptions options,
    PipelineCounters counters,
    Action<IDomainEngine>? settled,
    TimeProvider timeProvider) : IAsyncDisposable
{
    private readonly LaneScorer scorer = new(engine, lanes, refused, options.BatchesAhead + options.BatchesInFlight + 4);
    private readonly Queue<Submission> inFlight = new();
    private readonly Queue<IncomingBatch> unfinished = new();
    private readonly Stack<OutgoingBatch> spare = new();
    private readonly Stack<StateCheckpoint> spareCheckpoints = new();
    private readonly HashSet<int> months = [];
    private long settledAt = timeProvider.GetTimestamp();
    private long sinceCheckpoint;
    // What recovery read again is in no checkpoint yet: without new events nothing else would bring it into one.
    private bool isDirty = engine.ChangedEntities > 0;

    /// <summary>The engine, in the state of everything scored so far.</summary>
    public IDomainEngine Engine => engine;

    /// <summary>The lanes that are owned.</summary>
    public LaneCursors Lanes => lanes;

    /// <summary>Whether the server refused a row: the state must be built again from the store, and the source read again from the last commit.</summary>
    public bool HasRefusedRows { get; private set; }

    /// <summary>Batches that are not durable to their last item, in order. After a run that failed they are to be looked up and processed again.</summary>
    public IReadOnlyCollection<IncomingBatch> Unfinished => unfinished;

    /// <summary>Scores and commits until the channel ends. A cancelled run commits what it has scored.</summary>
    /// <param name="incoming">Batches that are looked up.</param>
    /// <param name="refresh">Looks a batch up again where that is needed, before it is scored; null when it never is.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public async Task ProcessAsync(ChannelReader<IncomingBatch> incoming, Func<IncomingBatch, Task>? refresh, CancellationToken cancellationToken)
    {
        try
        {
            while (!HasRefusedRows && await WaitToReadAsync(incoming, cancellationToken).ConfigureAwait(false))
            {
                if (!incoming.TryRead(out IncomingBatch? batch)) continue;
                unfinished.Enqueue(batch);
                if (refresh is not null) await refresh(batch).ConfigureAwait(false);
                await ScoreAsync(batch).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping is not a failure: what was scored is committed below.
        }

        if (isDirty && !HasRefusedRows) await SubmitAsync(Rent(), null, 0, withCheckpoint: true).ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
    }

    /// <summary>Scores and commits what of a batch is not durable yet.</summary>
    public async Task ProcessAsync(IncomingBatch batch)
    {
        unfinished.Enqueue(batch);
        await ScoreAsync(batch).ConfigureAwait(false);
    }

    /// <summary>After a failure: waits for what is being written and takes note of what of it became durable.</summary>
    public async Task EndAsync()
    {
        try
        {
            await DrainAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The failure is known, and whatever was submitted after this batch is discarded.
        }
    }

    /// <summary>Waits for what was submitted and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await committer.DisposeAsync().ConfigureAwait(false);
        await residents.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the next batch and meanwhile takes note of commits as they end: somebody may wait for them.</summary>
    /// <returns>False at the end, and when a row was refused meanwhile: what became of it must not wait for the next batch either.</returns>
    private async Task<bool> WaitToReadAsync(ChannelReader<IncomingBatch> incoming, CancellationToken cancellationToken)
    {
        if (inFlight.Count == 0 || incoming.TryPeek(out _)) return await incoming.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> next = incoming.WaitToReadAsync(stopWaiting.Token).AsTask();
        try
        {
            while (inFlight.Count > 0 && await Task.WhenAny(next, inFlight.Peek().Commit).ConfigureAwait(false) != next)
            {
                await TakeOldestAsync().ConfigureAwait(false);
                if (HasRefusedRows) return false;
            }

            return await next.ConfigureAwait(false);
        }
        finally
        {
            await stopWaiting.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ScoreAsync(IncomingBatch batch)
    {
        await EnsureRoomAsync(batch).ConfigureAwait(false);
        for (int next = batch.Durable; next < batch.Items.Count && !HasRefusedRows;)
        {
            if (!await TryRestoreAsync(batch, next).ConfigureAwait(false)) break;
            OutgoingBatch outgoing = Rent();
            int start = next;
            using (PipelineTelemetry.Begin("score")) next = scorer.Process(batch, next, outgoing);
            batch.AddAdvances(start, next, outgoing.Commit.Positions);
            bool isDue = sinceCheckpoint + outgoing.Entries >= options.CheckpointEvery || residents.IsCheckpointDue;
            if (next > start) await SubmitAsync(outgoing, batch, next, isDue).ConfigureAwait(false);
            if (next == batch.Items.Count) break;
            await LookUpAsync(batch, next).ConfigureAwait(false);
            if (batch.Labelled.ContainsKey(batch.Keys[next])) continue;
            await DrainAsync().ConfigureAwait(false);
            await LookUpAsync(batch, next).ConfigureAwait(false);
        }

        scorer.EndBatch();
        await SettleAsync().ConfigureAwait(false);
    }

    /// <summary>Brings the entities that a batch needs from an item on into memory.</summary>
    /// <returns>False when the server refused a row meanwhile.</returns>
    private async Task<bool> TryRestoreAsync(IncomingBatch batch, int from)
    {
        if (!residents.TryMakeRoom(batch, from))
        {
            if (engine.ChangedEntities > 0) await SubmitAsync(Rent(), null, 0, withCheckpoint: true).ConfigureAwait(false);
            await DrainAsync().ConfigureAwait(false);
            if (HasRefusedRows) return false;
            residents.TryMakeRoom(batch, from);
        }

        await residents.RestoreAsync().ConfigureAwait(false);
        return true;
    }

    private async Task SettleAsync()
    {
        if (settled is null || timeProvider.GetElapsedTime(settledAt) < options.SettleEvery) return;
        if (isDirty && !HasRefusedRows) await SubmitAsync(Rent(), null, 0, withCheckpoint: true).ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
        settledAt = timeProvider.GetTimestamp();
        if (!HasRefusedRows) settled(engine);
    }

    /// <summary>Labels wait for events that were committed only after the batch was looked up.</summary>
    private async Task LookUpAsync(IncomingBatch batch, int from)
    {
        var missing = new List<UInt128>();
        for (int i = from; i < batch.Items.Count; i++)
        {
            if (batch.Items[i].Label is not null && !batch.Labelled.ContainsKey(batch.Keys[i])) missing.Add(batch.Keys[i]);
        }

        Dictionary<UInt128, LabelledEvent> found = [];
        await retry.RunAsync(
            async () => found = await store.FindCommittedAsync(missing, CancellationToken.None).ConfigureAwait(false),
            null,
            CancellationToken.None).ConfigureAwait(false);
        var labelled = new Dictionary<UInt128, LabelledEvent>(batch.Labelled);
        foreach ((UInt128 foundKey, LabelledEvent labelledEvent) in found) labelled[foundKey] = labelledEvent;
        batch.Labelled = labelled;
    }

    private async Task SubmitAsync(OutgoingBatch outgoing, IncomingBatch? incoming, int durable, bool withCheckpoint)
    {
        while (inFlight.Count >= options.BatchesInFlight) await TakeOldestAsync().ConfigureAwait(false);
        outgoing.Commit.SortByLog();
        lanes.AddAdvances(outgoing.Commit.Lanes);
        sinceCheckpoint += outgoing.Entries;
        isDirty = true;
        if (withCheckpoint)
        {
            StateCheckpoint checkpoint = RentCheckpoint();
            engine.WriteCheckpoint(checkpoint);
            outgoing.Commit.IsCheckpointAlone = inFlight.All(earlier => earlier.Outgoing.Commit.Checkpoint is null);
            outgoing.Commit.Checkpoint = checkpoint;
            sinceCheckpoint = 0;
            isDirty = false;
        }

        Task<CommitOutcome> commit = PipelineTelemetry.MeasureAsync("commit", committer.SubmitAsync(outgoing.Commit, CancellationToken.None));
        inFlight.Enqueue(new Submission(commit, outgoing, incoming, durable));
    }

    private async Task DrainAsync()
    {
        while (inFlight.Count > 0) await TakeOldestAsync().ConfigureAwait(false);
    }

    private async Task TakeOldestAsync()
    {
        Submission oldest = inFlight.Dequeue();
        OutgoingBatch batch = oldest.Outgoing;
        try
        {
            CommitOutcome outcome = await oldest.Commit.ConfigureAwait(false);

            // Off the thread that ends the commit: it would score the next batch before it lets the writer of the following one commit.
            await Task.Yield();
            foreach (RefusedEvent refusal in outcome.Refused) refused.Add(refusal);
            if (outcome.Refused.Count > 0) HasRefusedRows = true;
            else Complete(in oldest);
        }
        catch (DiscardedException) when (HasRefusedRows)
        {
            // Scored with a state that the log does not bear out: it is read and scored again.
        }

        if (batch.Commit.Checkpoint is { } written) spareCheckpoints.Push(written);
        batch.Clear();
        spare.Push(batch);
    }

    private void Complete(in Submission submission)
    {
        counters.AddCommitted(submission.Outgoing.Tally);
        if (submission.Outgoing.Commit.Checkpoint is not null) engine.KeepCheckpoint();
        if (submission.Incoming is { } incoming)
        {
            incoming.Durable = submission.Durable;
            if (incoming.Durable == incoming.Items.Count) unfinished.Dequeue();
        }

        submission.Outgoing.Tell();
    }

    private StateCheckpoint RentCheckpoint()
    {
        if (!spareCheckpoints.TryPop(out StateCheckpoint? checkpoint))
            return new StateCheckpoint(store.Domain, format, lanes.Part) { EmbeddingVersion = engine.EmbeddingVersion };
        checkpoint.Clear(lanes.Part);
        return checkpoint;
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
        await retry.RunAsync(() => store.EnsureRoomAsync(earliest, latest, CancellationToken.None), null, CancellationToken.None).ConfigureAwait(false);
        for (int month = MonthOf(earliest); month <= MonthOf(latest); month++) months.Add(month);
    }

    private static int MonthOf(DateTime time) => (time.Year * 12) + time.Month - 1;

    /// <summary>A batch being written.</summary>
    /// <param name="Commit">Ends when it is durable.</param>
    /// <param name="Outgoing">What is written.</param>
    /// <param name="Incoming">What it was made of; null for a checkpoint alone.</param>
    /// <param name="Durable">Items of that which are durable then.</param>
    private readonly record struct Submission(Task<CommitOutcome> Commit, OutgoingBatch Outgoing, IncomingBatch? Incoming, int Durable);
}
