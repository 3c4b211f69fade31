using CsCheck;
using Ecart.Domains.Network;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.Tests.Domains.Transactions;
using Xunit;

namespace Ecart.Tests.Domains.Network;

/// <summary>The state is a fold over the log: whoever has the log, or a checkpoint and the rest of it, scores the same to the last bit.</summary>
public sealed class NetworkEngineFoldTests
{
    private const int Flows = 12_000;

    [Fact]
    public void Score_RestartedAnywhereFromACheckpointAndTheLog_EqualsTheUnbrokenRun() => Gen.Select(Gen.ULong[1, 4], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((seed, first, second) =>
    {
        NetworkFlow[] log = Log(seed);
        int checkpointed = (int)(log.Length * Math.Min(first, second));
        int stopped = (int)(log.Length * Math.Max(first, second));
        var unbroken = new NetworkEngine(new NetworkOptions());
        List<string> expected = Run(unbroken, log, 0, log.Length, out _);

        var engine = new NetworkEngine(new NetworkOptions());
        var store = new Store();
        List<string> actual = Run(engine, log, 0, checkpointed / 2, out _);
        engine.WriteCheckpoint(store);
        actual.AddRange(Run(engine, log, checkpointed / 2, checkpointed, out _));
        engine.WriteCheckpoint(store);
        actual.AddRange(Run(engine, log, checkpointed, stopped, out List<Verdict> verdicts));
        engine = new NetworkEngine(new NetworkOptions());
        store.RestoreTo(engine);
        for (int i = checkpointed; i < stopped; i++) engine.Refold(new ScoredEvent(log[i], verdicts[i - checkpointed], 0, i + 1));
        actual.AddRange(Run(engine, log, stopped, log.Length, out _));

        Assert.Equal(expected, actual);
    }, seed: "0000KOIbCd64", iter: 6);

    [Fact]
    public void RestoreEntity_DamagedOrNewer_SaysWhatToDo()
    {
        var engine = new NetworkEngine(new NetworkOptions());

        StateFormatException damaged = Assert.Throws<StateFormatException>(() => engine.RestoreEntity("ip", "10.0.0.1", 0, 1, AddressStateCodec.Format, [1, 2, 3]));
        StateFormatException newer = Assert.Throws<StateFormatException>(() => engine.RestoreEntity("ip", "10.0.0.1", 0, 1, AddressStateCodec.Format + 1, []));

        Assert.Contains("damaged", damaged.Message, StringComparison.Ordinal);
        Assert.Contains("rebuild", newer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseOthers_PopulationOfAnotherProcess_CountsAsItsOwn()
    {
        NetworkFlow[] log = Log(2);
        var busy = new NetworkEngine(new NetworkOptions());
        Run(busy, log, 0, log.Length, out _);
        var store = new Store();
        busy.WriteCheckpoint(store);
        var idle = new NetworkEngine(new NetworkOptions());
        int day = NetworkContextBuilder.DayOf(log[^1].OccurredAt) + 1;
        Assert.Equal(1, idle.State.Volume.UpperTail(day, 5));

        IOtherCounts others = idle.NewOthers();
        store.GiveTo(others);
        idle.UseOthers(others);

        Assert.Equal(busy.State.Volume.UpperTail(day, 5), idle.State.Volume.UpperTail(day, 5));
    }

    [Fact]
    public void Evict_AfterADurableCheckpoint_KeepsTheNewest()
    {
        NetworkFlow[] log = Log(3);
        var engine = new NetworkEngine(new NetworkOptions());
        Run(engine, log, 0, log.Length, out _);
        Assert.Equal(0, engine.Evict(1));
        engine.WriteCheckpoint(new Store());
        engine.KeepCheckpoint();

        Assert.True(engine.Evict(1) > 0);
        Assert.True(engine.TryUse(log[^1].SourceAddress));
    }

    private static NetworkFlow[] Log(ulong seed) =>
        [.. new NetworkSimulator(new NetworkSimulatorOptions { Seed = seed, Workstations = 8, Devices = 3, Servers = 3, Days = 6, QuietDays = 1, IncidentsPerDay = 0.6 })
            .Generate().Take(Flows).Select(static simulated => simulated.Event)];

    private static List<string> Run(NetworkEngine engine, NetworkFlow[] log, int from, int to, out List<Verdict> verdicts)
    {
        var prints = new List<string>();
        verdicts = [];
        for (int i = from; i < to; i++)
        {
            var verdict = new Verdict(NetworkLayout.Dimension);
            engine.Score(log[i], verdict);
            engine.Learn(new ScoredEvent(log[i], verdict, 0, i + 1));
            verdicts.Add(verdict);
            prints.Add($"{verdict.Fingerprint()} {verdict.RaisesAlert}");
        }

        return prints;
    }

    private sealed class Store : IStateSink
    {
        private readonly Dictionary<(string Type, string Id), (int Lane, long Seq, int Format, byte[] State)> entities = [];

        public void Entity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state) =>
            entities[(entityType, entityId)] = (lane, seq, format, state.ToArray());

        public void History(string entityType, string entityId, ReadOnlySpan<DayCount> days) => Assert.Fail("The network domain keeps no histories.");

        public void RestoreTo(NetworkEngine engine)
        {
            foreach (var ((type, id), entity) in entities) engine.RestoreEntity(type, id, entity.Lane, entity.Seq, entity.Format, entity.State);
        }

        public void GiveTo(IOtherCounts others)
        {
            foreach (var ((type, id), entity) in entities)
                if (entity.Lane == IStateSink.NoLane) others.AddShared(type, id, entity.Format, entity.State);
        }
    }
}
