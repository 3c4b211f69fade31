using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Xunit;

namespace Ecart.MariaDb.Tests.Differential;

/// <summary>An engine whose log goes into the store as a replay writes it. Owns all lanes.</summary>
internal sealed class EngineLog<TEngine> : IAsyncDisposable
    where TEngine : IDomainEngine
{
    private const int Lanes = 64;
    private readonly CommitBatch batch = new();
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly long[] committed = new long[Lanes];
    private readonly long[] next = new long[Lanes];
    private readonly BatchCommitter committer;
    private readonly OwnedLanes owned;

    private EngineLog(string connectionString, TEngine engine, Func<IEventTable> makeTable, OwnedLanes owned)
    {
        this.owned = owned;
        Engine = engine;
        committer = new BatchCommitter(connectionString, makeTable, new BatchCommitterOptions { FlagThreshold = engine.FlagThreshold });
    }

    public TEngine Engine { get; }

    /// <summary>Everything scored, in order.</summary>
    public List<ScoredEvent> Events { get; } = [];

    /// <summary>Label by uid.</summary>
    public Dictionary<string, bool> Labels { get; } = new(StringComparer.Ordinal);

    public static async Task<EngineLog<TEngine>> OpenAsync(string connectionString, TEngine engine, Func<IEventTable> makeTable) => new(
        connectionString, engine, makeTable, await new LaneStore(connectionString, engine.Domain).AcquireAllAsync(TestContext.Current.CancellationToken));

    /// <summary>Scores and, unless told not to, learns an event.</summary>
    public ScoredEvent Add(DomainEvent domainEvent, bool learn = true)
    {
        var verdict = new Verdict(Engine.Dimension);
        Engine.Score(domainEvent, verdict);
        int lane = LaneOf(domainEvent.PrimaryEntityId);
        var scored = new ScoredEvent(domainEvent, verdict, lane, ++next[lane]);
        if (learn) Engine.Learn(in scored);
        positions.Add(domainEvent.EventUid, Events.Count);
        Events.Add(scored);
        batch.Events.Add(scored);
        batch.Keys.Add(UidHash.Compute(domainEvent.Domain, domainEvent.EventUid));
        return scored;
    }

    /// <summary>Applies a label to an event that is committed.</summary>
    public void Label(string uid, bool isFraud)
    {
        ScoredEvent scored = Events[positions[uid]];
        bool? previous = Labels.TryGetValue(uid, out bool known) ? known : null;
        long seq = ++next[scored.Lane];
        Engine.ApplyLabel(in scored, isFraud, previous, seq);
        Labels[uid] = isFraud;
        var label = new Label(Engine.Domain, uid, isFraud, scored.Event.OccurredAt.AddHours(1), "test");
        batch.Labels.Add(new LabelEntry(label, scored.Lane, seq, scored.Seq, scored.Event.OccurredAt, previous));
    }

    /// <summary>Commits what was added, with the engine's state.</summary>
    public async Task CommitAsync()
    {
        foreach (LanePosition lane in owned.Lanes)
        {
            batch.Lanes.Add(new LaneAdvance(lane.Lane, lane.Epoch, committed[lane.Lane], next[lane.Lane]));
            committed[lane.Lane] = next[lane.Lane];
        }

        batch.Checkpoint = new StateCheckpoint(Engine.Domain, RowFormat.LoadData, owned.Part);
        Engine.WriteCheckpoint(batch.Checkpoint);
        CommitOutcome outcome = await committer.SubmitAsync(batch, TestContext.Current.CancellationToken);
        Assert.Empty(outcome.Refused);
        batch.Clear();
    }

    public ValueTask DisposeAsync() => committer.DisposeAsync();

    private static int LaneOf(string entity) => entity.Sum(letter => letter) % Lanes;
}
