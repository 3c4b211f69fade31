using Ecart.Domains.Declared;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Domains.Declared;

/// <summary>The state is a fold over the log: stored and taken back at any time, dropped and restored, it says the same.</summary>
public sealed class DeclaredFoldTests
{
    private const int Days = 12;
    private const int WarmPasses = 5;
    private static readonly DomainDeclaration Options = DeclaredCase.Full with { Memory = new() { Values = 16, ValueEvents = 300 } };
    private static readonly DeclaredEvent[] Events = DeclaredCase.Readings(Days);

    [Fact]
    public void Checkpoint_TakenBackAnywhere_ScoresTheRestBitForBit()
    {
        int half = Events.Length / 2;
        DeclaredEngine whole = new(Options);
        Run(whole, Events[..half]);
        var store = new Store();
        whole.WriteCheckpoint(store);
        whole.KeepCheckpoint();
        DeclaredEngine restored = new(Options);
        store.RestoreTo(restored);

        string[] expected = Run(whole, Events[half..], half);
        string[] actual = Run(restored, Events[half..], half);

        Assert.Equal(expected, actual);
        foreach (string code in new[] { EvidenceCode.Rule, EvidenceCode.FieldDeviation, EvidenceCode.NewValue, EvidenceCode.Outlier })
            Assert.Contains(expected, line => line.Contains(code, StringComparison.Ordinal));
        Assert.Equal(Bytes(whole), Bytes(restored));
    }

    [Fact]
    public void Refold_StoredVerdicts_GivesTheSameState()
    {
        DeclaredEngine first = new(Options);
        DeclaredEngine second = new(Options);
        long seq = 0;
        foreach (DeclaredEvent declared in Events)
        {
            var verdict = new Verdict(DeclaredLayout.Dimension);
            first.Score(declared, verdict);
            var scored = new ScoredEvent(declared, verdict, 0, ++seq);
            first.Learn(in scored);
            verdict.Statistics.AsSpan().Fill(double.NaN);
            second.Refold(in scored);
        }

        Assert.Equal(Bytes(first), Bytes(second));
    }

    [Fact]
    public void Evict_AndRestoreWhenNeeded_ChangesNoVerdict()
    {
        DeclaredEngine whole = new(Options);
        DeclaredEngine small = new(Options);
        var store = new Store();
        var verdict = new Verdict(DeclaredLayout.Dimension);
        var other = new Verdict(DeclaredLayout.Dimension);
        long seq = 0;
        foreach (DeclaredEvent[] batch in Events.Chunk(40))
        {
            foreach (DeclaredEvent declared in batch)
            {
                if (!small.TryUse(declared.PrimaryEntityId)) store.RestoreTo(small, declared.PrimaryEntityId);
                whole.Score(declared, verdict);
                small.Score(declared, other);
                Assert.Equal((verdict.Score, verdict.RankScore, verdict.LearnedDistance), (other.Score, other.RankScore, other.LearnedDistance));
                var scored = new ScoredEvent(declared, verdict, 0, ++seq);
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
        DeclaredEngine there = new(Options);
        Run(there, Events);
        var store = new Store();
        there.WriteCheckpoint(store);
        DeclaredEngine here = new(Options);
        IOtherCounts others = here.NewOthers();
        store.GiveTo(others);
        here.UseOthers(others);
        DeclaredEvent[] busy = [.. Enumerable.Range(0, 1).Select(_ => DeclaredCase.At((Days * 1440) - 15, 3, "newcomer", "t1"))];

        string[] lines = Run(here, busy);
        string[] alone = Run(new DeclaredEngine(Options), busy);

        Assert.Contains("busy", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("busy", alone[0], StringComparison.Ordinal);
    }

    [Fact]
    public void RestoreEntity_DamagedBytes_SayWhoseStateAndWhatToDo()
    {
        DeclaredEngine engine = new(Options);
        Run(engine, Events[..2000]);
        var store = new Store();
        engine.WriteCheckpoint(store);
        foreach (((string type, string id), (int format, byte[] state)) in store.Entities)
        {
            for (int length = 0; length <= state.Length + 1; length += 1 + (state.Length / 40))
            {
                if (length == state.Length) continue;
                byte[] damaged = length < state.Length ? state[..length] : [.. state, 0];
                var error = Assert.Throws<StateFormatException>(() => new DeclaredEngine(Options).RestoreEntity(type, id, 0, 1, format, damaged));
                Assert.Contains($"{type} '{id}'", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Contains("format 9", Assert.Throws<StateFormatException>(() => engine.RestoreEntity("container", "c", 0, 1, 9, [])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ScoreAndLearn_WarmEngineAndKnownEntities_AllocatesNothing(bool hasSchemaOfItsOwn)
    {
        DeclaredEngine engine = new(Options);
        DeclaredSchema schema = hasSchemaOfItsOwn ? DeclaredSchema.Of(Options) : Events[0].Schema;
        var verdict = new Verdict(DeclaredLayout.Dimension);
        long seq = 0;
        for (int pass = 0; pass < WarmPasses; pass++) Process(Later(pass * Days));
        Assert.Equal(0, Allocation.Of(run => Later((WarmPasses + run) * Days), Process));

        void Process(DeclaredEvent[] events)
        {
            foreach (DeclaredEvent declared in events)
            {
                engine.Score(declared, verdict);
                var scored = new ScoredEvent(declared, verdict, 0, ++seq);
                engine.Learn(in scored);
            }
        }

        // Values that come and go let the tables of values make room, which allocates; what is measured knows its places.
        DeclaredEvent[] Later(int days) =>
        [
            .. Events.Where(earlier => earlier.Texts[schema.IndexOf("place")]!.StartsWith("home", StringComparison.Ordinal)).Select(earlier => new DeclaredEvent
            {
                EventUid = $"{earlier.EventUid}+{days}",
                OccurredAt = earlier.OccurredAt.AddDays(days),
                Schema = schema,
                Numbers = earlier.Numbers,
                Texts = earlier.Texts,
            }),
        ];
    }

    private static string[] Run(DeclaredEngine engine, DeclaredEvent[] events, long seq = 0)
    {
        var lines = new List<string>();
        var verdict = new Verdict(DeclaredLayout.Dimension);
        foreach (DeclaredEvent declared in events)
        {
            engine.Score(declared, verdict);
            string evidence = string.Join('+', verdict.Evidence.ToArray().Select(found => $"{found.Code}({found.Subject}){found.Contribution:R}"));
            lines.Add($"{declared.EventUid} {verdict.Score:R} {verdict.RankScore:R} {verdict.LearnedDistance:R} {evidence}");
            Assert.InRange(verdict.RankScore, 0, 1);
            Assert.InRange(verdict.Score, 0, 1);
            var scored = new ScoredEvent(declared, verdict, 0, ++seq);
            engine.Learn(in scored);
        }

        return [.. lines];
    }

    private static string[] Bytes(DeclaredEngine engine)
    {
        foreach (DeclaredEntityState entity in engine.State.Entities.All) engine.State.Entities.Change(entity);
        var store = new Store();
        engine.WriteCheckpoint(store);
        return [.. store.Entities.Where(entity => entity.Key.Type != "window").Select(entity => $"{entity.Key} {Convert.ToHexString(entity.Value.State)}").Order(StringComparer.Ordinal)];
    }

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

        public void RestoreTo(DeclaredEngine engine)
        {
            foreach (((string type, string id), (int format, byte[] state)) in Entities) engine.RestoreEntity(type, id, lanes[(type, id)], 0, format, state);
        }

        public void RestoreTo(DeclaredEngine engine, string id)
        {
            if (Entities.TryGetValue(("container", id), out (int Format, byte[] State) entity)) engine.RestoreEntity("container", id, 0, 0, entity.Format, entity.State);
        }

        public void GiveTo(IOtherCounts others)
        {
            foreach (((string type, string id), (int format, byte[] state)) in Entities)
                if (lanes[(type, id)] == IStateSink.NoLane) others.AddShared(type, id, format, state);
        }
    }
}
