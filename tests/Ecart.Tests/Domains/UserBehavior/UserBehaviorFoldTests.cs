using Ecart.Domains.UserBehavior;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Domains.UserBehavior;

/// <summary>The state is a fold over the log: stored and taken back at any time, dropped and restored, it says the same.</summary>
public sealed class UserBehaviorFoldTests
{
    private static readonly UserBehaviorOptions Options = new()
    {
        Sequence = new() { BlockLength = 30, MinimumActions = 60 },
        Rules =
        [
            new() { Name = "busy", Expression = "count(ip, 1h) > 30 or distinct(resource, 6h) > 40 or distinct(user, 1d, resource) > 15", Contribution = 0.1 },
        ],
    };

    private const int WarmPasses = 4;
    private static readonly UserBehaviorEvent[] Events =
    [
        .. new UserBehaviorSimulator(new() { Seed = 3, Users = 12, Days = 24, QuietDays = 8, ActionsPerDay = 15, IncidentsPerDay = 40 }).Generate().Select(simulated => simulated.Event),
    ];

    [Fact]
    public void Checkpoint_TakenBackAnywhere_ScoresTheRestBitForBit()
    {
        int half = Events.Length / 2;
        UserBehaviorEngine whole = new(Options);
        Run(whole, Events[..half]);
        var store = new Store();
        whole.WriteCheckpoint(store);
        whole.KeepCheckpoint();
        UserBehaviorEngine restored = new(Options);
        store.RestoreTo(restored);

        string[] expected = Run(whole, Events[half..], half);
        string[] actual = Run(restored, Events[half..], half);

        Assert.Equal(expected, actual);
        Assert.Contains(expected, line => line.Contains("rule", StringComparison.Ordinal));
        Assert.Equal(Bytes(whole), Bytes(restored));
    }

    [Fact]
    public void Refold_StoredVerdicts_GivesTheSameState()
    {
        UserBehaviorEngine first = new(Options);
        UserBehaviorEngine second = new(Options);
        long seq = 0;
        foreach (UserBehaviorEvent action in Events)
        {
            var verdict = new Verdict(UserBehaviorLayout.Dimension);
            first.Score(action, verdict);
            var scored = new ScoredEvent(action, verdict, 0, ++seq);
            first.Learn(in scored);
            verdict.Statistics.AsSpan().Fill(double.NaN);
            second.Refold(in scored);
        }

        Assert.Equal(Bytes(first), Bytes(second));
    }

    [Fact]
    public void Evict_AndRestoreWhenNeeded_ChangesNoVerdict()
    {
        UserBehaviorEngine whole = new(Options);
        UserBehaviorEngine small = new(Options);
        var store = new Store();
        var verdict = new Verdict(UserBehaviorLayout.Dimension);
        var other = new Verdict(UserBehaviorLayout.Dimension);
        long seq = 0;
        foreach (UserBehaviorEvent[] batch in Events.Chunk(40))
        {
            foreach (UserBehaviorEvent action in batch)
            {
                if (!small.TryUse(action.UserId)) store.RestoreTo(small, "user", action.UserId);
                whole.Score(action, verdict);
                small.Score(action, other);
                Assert.Equal((verdict.Score, verdict.RankScore, verdict.LearnedValue), (other.Score, other.RankScore, other.LearnedValue));
                var scored = new ScoredEvent(action, verdict, 0, ++seq);
                whole.Learn(in scored);
                small.Learn(in scored);
            }

            small.WriteCheckpoint(store);
            small.KeepCheckpoint();
            small.Evict(3);
            Assert.InRange(small.ResidentEntities, 0, 3);
        }
    }

    [Fact]
    public void Others_CountsOfAnotherProcess_AddToTheOwn()
    {
        UserBehaviorEngine there = new(Options);
        Run(there, Events);
        var store = new Store();
        there.WriteCheckpoint(store);
        UserBehaviorEngine here = new(Options);
        IOtherCounts others = here.NewOthers();
        store.GiveTo(others);
        here.UseOthers(others);

        var verdict = new Verdict(UserBehaviorLayout.Dimension);
        UserBehaviorEvent known = Events[^1];
        here.Score(UserCase.At(0, "newcomer", "erase", "/nothing", role: known.Role), verdict);

        Assert.Contains(EvidenceCode.OutsidePeers, UserRun.Codes(verdict));
    }

    [Fact]
    public void RestoreEntity_DamagedBytes_SayWhoseStateAndWhatToDo()
    {
        UserBehaviorEngine engine = new(Options);
        Run(engine, Events[..600]);
        var store = new Store();
        engine.WriteCheckpoint(store);
        foreach (((string type, string id), (int format, byte[] state)) in store.Entities)
        {
            for (int length = 0; length <= state.Length + 1; length += 1 + (state.Length / 40))
            {
                if (length == state.Length) continue;
                byte[] damaged = length < state.Length ? state[..length] : [.. state, 0];
                var error = Assert.Throws<StateFormatException>(() => new UserBehaviorEngine(Options).RestoreEntity(type, id, 0, 1, format, damaged));
                Assert.Contains($"state of {type} '{id}' is damaged", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Contains("format 9", Assert.Throws<StateFormatException>(() => engine.RestoreEntity("user", "u", 0, 1, 9, [])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ScoreAndLearn_WarmEngineAndKnownUsers_AllocatesNothing(bool hasWindows)
    {
        UserBehaviorEngine engine = new(hasWindows ? Options : Options with { Rules = [] });
        var verdict = new Verdict(UserBehaviorLayout.Dimension);
        long seq = 0;
        for (int pass = 0; pass < WarmPasses; pass++) Process(Later(Events, pass * 24));
        Assert.Equal(0, Allocation.Of(run => Later(Events, (WarmPasses + run) * 24), Process));

        void Process(UserBehaviorEvent[] events)
        {
            foreach (UserBehaviorEvent action in events)
            {
                engine.Score(action, verdict);
                var scored = new ScoredEvent(action, verdict, 0, ++seq);
                engine.Learn(in scored);
            }
        }
    }

    private static string[] Run(UserBehaviorEngine engine, UserBehaviorEvent[] events, long seq = 0)
    {
        var lines = new List<string>();
        var verdict = new Verdict(UserBehaviorLayout.Dimension);
        foreach (UserBehaviorEvent action in events)
        {
            engine.Score(action, verdict);
            lines.Add($"{action.EventUid} {verdict.Score:R} {verdict.RankScore:R} {verdict.LearnedValue:R} {string.Join('+', UserRun.Codes(verdict))}");
            Assert.InRange(verdict.RankScore, 0, 1);
            Assert.InRange(verdict.Score, 0, 1);
            var scored = new ScoredEvent(action, verdict, 0, ++seq);
            engine.Learn(in scored);
        }

        return [.. lines];
    }

    private static string[] Bytes(UserBehaviorEngine engine)
    {
        foreach (UserState user in engine.State.Users.All) engine.State.Users.Change(user);
        var store = new Store();
        engine.WriteCheckpoint(store);
        return [.. store.Entities.Where(entity => entity.Key.Type != "window").Select(entity => $"{entity.Key} {Convert.ToHexString(entity.Value.State)}").Order(StringComparer.Ordinal)];
    }

    internal static UserBehaviorEvent[] Later(UserBehaviorEvent[] events, int days) => [.. events.Select(earlier => new UserBehaviorEvent
    {
        EventUid = $"{earlier.EventUid}+{days}",
        OccurredAt = earlier.OccurredAt.AddDays(days),
        UserId = earlier.UserId,
        EventType = earlier.EventType,
        Resource = earlier.Resource,
        Outcome = earlier.Outcome,
        SourceIp = earlier.SourceIp,
        DeviceId = earlier.DeviceId,
        Country = earlier.Country,
        City = earlier.City,
        Latitude = earlier.Latitude,
        Longitude = earlier.Longitude,
        Role = earlier.Role,
        UtcOffsetMinutes = earlier.UtcOffsetMinutes,
    })];

    /// <summary>Checkpoints in memory.</summary>
    private sealed class Store : IStateSink
    {
        private readonly Dictionary<(string Type, string Id), int> lanes = [];

        public Dictionary<(string Type, string Id), (int Format, byte[] State)> Entities { get; } = [];

        public void Entity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state)
        {
            Entities[(entityType, entityId)] = (format, state.ToArray());
            lanes[(entityType, entityId)] = lane;
        }

        public void History(string entityType, string entityId, ReadOnlySpan<DayCount> days) => Assert.Fail("The domain keeps none.");

        public void RestoreTo(UserBehaviorEngine engine)
        {
            foreach (((string type, string id), (int format, byte[] state)) in Entities) engine.RestoreEntity(type, id, lanes[(type, id)], 0, format, state);
        }

        public void RestoreTo(UserBehaviorEngine engine, string type, string id)
        {
            if (Entities.TryGetValue((type, id), out (int Format, byte[] State) entity)) engine.RestoreEntity(type, id, 0, 0, entity.Format, entity.State);
        }

        public void GiveTo(IOtherCounts others)
        {
            foreach (((string type, string id), (int format, byte[] state)) in Entities)
                if (lanes[(type, id)] == IStateSink.NoLane) others.AddShared(type, id, format, state);
        }
    }
}
