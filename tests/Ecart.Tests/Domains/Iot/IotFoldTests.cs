using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Calibration;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Domains.Iot;

/// <summary>The state is a fold over the log: stored and taken back at any time, dropped and restored, it says the same.</summary>
public sealed class IotFoldTests
{
    private const int WarmPasses = 3;
    private const int PassMinutes = 300;

    private static readonly IotOptions Options = new()
    {
        Baseline = new() { Days = 0.3, Measurements = 300, SampleValues = 128 },
        Rules = [new() { Name = "busy", Expression = "count(location, 1h) > 10 or count(device, 1h) > 5000", Contribution = 0.1 }],
    };

    private static readonly IotCalibration Calibration = IotRun.Calibrate(IotCase.Rows(600, 9, -2000), Options);
    private static readonly IotMeasurement[] Events = Make();

    [Fact]
    public void Checkpoint_TakenBackAnywhere_ScoresTheRestBitForBit()
    {
        foreach (int share in new[] { 5, 2 })
        {
            int half = Events.Length / share;
            IotEngine whole = MakeEngine();
            Run(whole, Events[..half]);
            var store = new Store();
            whole.WriteCheckpoint(store);
            whole.KeepCheckpoint();
            IotEngine restored = MakeEngine();
            store.RestoreTo(restored);

            string[] expected = Run(whole, Events[half..], half);
            string[] actual = Run(restored, Events[half..], half);

            Assert.Equal(expected, actual);
            foreach (string code in new[] { EvidenceCode.JointProcess, EvidenceCode.ProfileDistance, EvidenceCode.TimeSeries, EvidenceCode.Gap })
                Assert.Contains(expected, line => line.Contains(code, StringComparison.Ordinal));
            Assert.Equal(Bytes(whole), Bytes(restored));
        }
    }

    [Fact]
    public void Refold_StoredVerdicts_GivesTheSameState()
    {
        IotEngine first = MakeEngine();
        IotEngine second = MakeEngine();
        long seq = 0;
        foreach (IotMeasurement measurement in Events)
        {
            var verdict = new Verdict(IotLayout.Dimension);
            first.Score(measurement, verdict);
            var scored = new ScoredEvent(measurement, verdict, 0, ++seq);
            first.Learn(in scored);
            verdict.Statistics.AsSpan().Fill(double.NaN);
            second.Refold(in scored);
        }

        Assert.Equal(Bytes(first), Bytes(second));
    }

    [Fact]
    public void Evict_AndRestoreWhenNeeded_ChangesNoVerdict()
    {
        IotEngine whole = MakeEngine();
        IotEngine small = MakeEngine();
        var store = new Store();
        var verdict = new Verdict(IotLayout.Dimension);
        var other = new Verdict(IotLayout.Dimension);
        long seq = 0;
        foreach (IotMeasurement[] batch in Events[..4000].Chunk(200))
        {
            foreach (IotMeasurement measurement in batch)
            {
                if (!small.TryUse(measurement.DeviceId)) store.RestoreTo(small, "device", measurement.DeviceId);
                whole.Score(measurement, verdict);
                small.Score(measurement, other);
                Assert.Equal((verdict.Score, verdict.RankScore, verdict.LearnedValue), (other.Score, other.RankScore, other.LearnedValue));
                var scored = new ScoredEvent(measurement, verdict, 0, ++seq);
                whole.Learn(in scored);
                small.Learn(in scored);
            }

            small.WriteCheckpoint(store);
            small.KeepCheckpoint();
            small.Evict(1);
            Assert.InRange(small.ResidentEntities, 0, 1);
        }
    }

    [Fact]
    public void RestoreEntity_DamagedBytes_SayWhoseStateAndWhatToDo()
    {
        IotEngine engine = MakeEngine();
        Run(engine, Events[..2000]);
        var store = new Store();
        engine.WriteCheckpoint(store);
        foreach (((string type, string id), (int format, byte[] state)) in store.Entities)
        {
            for (int length = 0; length <= state.Length + 1; length += 1 + (state.Length / 40))
            {
                if (length == state.Length) continue;
                byte[] damaged = length < state.Length ? state[..length] : [.. state, 0];
                var error = Assert.Throws<StateFormatException>(() => MakeEngine().RestoreEntity(type, id, 0, 1, format, damaged));
                Assert.Contains($"state of {type} '{id}' is damaged", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Contains("format 9", Assert.Throws<StateFormatException>(() => engine.RestoreEntity("device", "u", 0, 1, 9, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RestoreEntity_OtherCalibrationNow_GoesByThat()
    {
        IotEngine engine = MakeEngine();
        Run(engine, Events[..2000]);
        var store = new Store();
        engine.WriteCheckpoint(store);
        IotCalibration newer = IotRun.Calibrate(IotCase.Rows(600, 10, -2000), Options);
        var other = new IotEngine(Options, models: new DomainModels { Calibration = newer });
        var without = new IotEngine(Options);

        store.RestoreTo(other);
        store.RestoreTo(without);

        Assert.Equal(newer.Find("pump")!.Fingerprint, other.State.Devices.All.Single(device => device.Id == "pump").Calibration);
        DeviceState left = without.State.Devices.All.Single(device => device.Id == "pump");
        Assert.Null(left.Joint);
        Assert.NotNull(left.FindSignal("flow")!.Profile);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ScoreAndLearn_WarmEngineAndKnownSignals_AllocatesNothing(bool hasWindows)
    {
        var engine = new IotEngine(hasWindows ? Options : Options with { Rules = [] }, models: new DomainModels { Calibration = Calibration });
        var verdict = new Verdict(IotLayout.Dimension);
        long seq = 0;
        int flagged = 0;
        for (int pass = 0; pass < WarmPasses; pass++) Process(Pass(pass));
        Assert.Equal(0, Allocation.Of(run => Pass(WarmPasses + run), Process));
        Assert.InRange(flagged, 1, 1000);

        void Process(IotMeasurement[] events)
        {
            foreach (IotMeasurement measurement in events)
            {
                engine.Score(measurement, verdict);
                if (verdict.IsAnomaly) flagged++;
                var scored = new ScoredEvent(measurement, verdict, 0, ++seq);
                engine.Learn(in scored);
            }
        }
    }

    [Fact]
    public void Learn_HoweverMany_KeepsMemoryBounded()
    {
        var engine = new IotEngine(Options with { Rules = [] });
        var verdict = new Verdict(IotLayout.Dimension);
        var sizes = new List<int>();
        long seq = 0;
        for (int part = 0; part < 3; part++)
        {
            foreach (IotMeasurement measurement in IotCase.Days(20, (ulong)part, part * 20 * 1440))
            {
                engine.Score(measurement, verdict);
                engine.Learn(new ScoredEvent(measurement, verdict, 0, ++seq));
            }

            var store = new Store();
            engine.WriteCheckpoint(store);
            sizes.Add(store.Entities.Single().Value.State.Length);
        }

        Assert.InRange(sizes[2], 1, (int)(1.05 * sizes[1]));
    }

    private static IotEngine MakeEngine() => new(Options, models: new DomainModels { Calibration = Calibration });

    /// <summary>The same hours again and again, with a leak in them.</summary>
    private static IotMeasurement[] Pass(int pass) => [.. IotCase.Rows(PassMinutes, 4, pass * PassMinutes, row => row is > 200 and < 260 ? 8 : 0)];

    /// <summary>A calibrated pump with a leak, and one that learns for itself, with a silence, outliers and units.</summary>
    private static IotMeasurement[] Make()
    {
        IEnumerable<IotMeasurement> calibrated = IotCase.Rows(1500, 4, 0, row => row is > 1000 and < 1100 ? 8 : 0);
        var random = new SeededRandom(7);
        var other = new List<IotMeasurement>();
        for (int minute = 0; minute < 1500; minute++)
        {
            if (minute is > 1200 and < 1290) continue;
            double value = 20 + random.NextNormal() + (minute is 1000 or 1400 ? 30 : 0);
            other.Add(IotCase.At(minute, minute % 2 == 0 ? value : (1.8 * value) + 32, "fan", "air", unit: minute % 2 == 0 ? "°C" : "°F", location: "hall"));
        }

        return [.. calibrated.Concat(other).OrderBy(measurement => measurement.OccurredAt)];
    }

    private static string[] Run(IotEngine engine, IotMeasurement[] events, long seq = 0)
    {
        var lines = new List<string>();
        var verdict = new Verdict(IotLayout.Dimension);
        foreach (IotMeasurement measurement in events)
        {
            engine.Score(measurement, verdict);
            lines.Add(
                $"{measurement.EventUid} {verdict.Score:R} {verdict.RankScore:R} {verdict.LearnedValue:R} {verdict.LearnedDistance:R} {string.Join('+', IotRun.Codes(verdict))}");
            Assert.InRange(verdict.RankScore, 0, 1);
            Assert.InRange(verdict.Score, 0, 1);
            var scored = new ScoredEvent(measurement, verdict, 0, ++seq);
            engine.Learn(in scored);
        }

        return [.. lines];
    }

    private static string[] Bytes(IotEngine engine)
    {
        foreach (DeviceState device in engine.State.Devices.All) engine.State.Devices.Change(device);
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

        public void RestoreTo(IotEngine engine)
        {
            foreach (((string type, string id), (int format, byte[] state)) in Entities) engine.RestoreEntity(type, id, lanes[(type, id)], 0, format, state);
        }

        public void RestoreTo(IotEngine engine, string type, string id)
        {
            if (Entities.TryGetValue((type, id), out (int Format, byte[] State) entity)) engine.RestoreEntity(type, id, 0, 0, entity.Format, entity.State);
        }
    }
}
