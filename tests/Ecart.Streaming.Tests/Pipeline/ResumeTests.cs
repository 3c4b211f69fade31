using Ecart.Domains.Iot;
using Ecart.Domains.Network;
using Ecart.Domains.UserBehavior;
using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.Simulation;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>Runs that stop and go on leave what an unbroken run leaves: rows, verdicts, state, bit for bit.</summary>
public sealed class ResumeTests(MariaDbFixture server)
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public Task Run_StoppedAnywhereAndResumed_EqualsUnbrokenRun(ulong seed) => StopAndResumeAsync(seed, stops: 6);

    [Fact]
    public async Task Run_StoppedAnywhereAndResumed_EqualsUnbrokenRun_Long()
    {
        Require.LongRun();
        for (ulong seed = 100; seed < 120; seed++) await StopAndResumeAsync(seed, stops: 12);
    }

    [Fact]
    public async Task Run_SourceFailedAndYieldedAFewMore_ReadsThemAgainWithoutEffect()
    {
        List<ReplayItem> items = CardStream.Mixed(13);
        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items);
        ReplayDatabase broken = await ReplayDatabase.CreateAsync(server);

        ReplayPipeline first = broken.MakePipeline();
        await first.RunAsync(() => new MemorySource(items.GetRange(0, 500)) { FailsAt = 430 }, TestContext.Current.CancellationToken);
        Assert.Equal(64, await broken.CountAsync("SELECT COUNT(*) FROM consumer_offsets WHERE next_offset = 430"));
        await broken.ReplayAsync(items);

        StoredRows.AssertEqual(await unbroken.ReadAsync(), await broken.ReadAsync());
    }

    [Fact]
    public async Task Run_DiedAfterItsLastCommit_LeavesNothingOutOfTheNextCheckpoint()
    {
        List<ReplayItem> items = CardStream.Mixed(14);
        ReplayDatabase broken = await ReplayDatabase.CreateAsync(server);
        PipelineOptions options = broken.Pipeline with { BatchSize = 50, BatchesInFlight = 1, BatchesAhead = 1, CheckpointEvery = int.MaxValue };
        int last = items.Count - 1;
        await Assert.ThrowsAsync<TimeoutException>(() => broken.With(options).ReplayAsync(items, i =>
        {
            if (i == last) throw new TimeoutException("dies in the test");
        }));
        int committed = (int)await broken.CountAsync("SELECT IFNULL(MIN(next_offset), 0) FROM consumer_offsets");
        Assert.InRange(committed, 50, last);
        Assert.Equal(0, await broken.CountAsync("SELECT COUNT(*) FROM entity_state"));
        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items.GetRange(0, committed));

        ReplayPipeline next = await broken.ReplayAsync(items.GetRange(0, committed));

        Assert.Equal(0, next.Counters.Committed);
        StoredRows.AssertEqual(await unbroken.ReadAsync(), await broken.ReadAsync());
    }

    /// <summary>Another domain, with labels of what its simulator did.</summary>
    [Fact]
    public async Task Run_ConnectionsStoppedAnywhereAndResumed_EqualsUnbrokenRun()
    {
        var world = new NetworkSimulatorOptions { Seed = 15, Days = 1, QuietDays = 0, Workstations = 8, Servers = 3, Devices = 3, IncidentsPerDay = 3 };
        List<ReplayItem> items = WithLabels(new NetworkSimulator(world).Generate().Take(4000).Select(flow => ((DomainEvent)flow.Event, flow.IsThreat)));

        await StopAndResumeAsync(15, items, 6, () => ReplayDatabase.CreateAsync(
            server, static () => new NetworkTable(), static () => new NetworkEngine(new NetworkOptions())));
    }

    [Fact]
    public async Task Run_ActionsStoppedAnywhereAndResumed_EqualsUnbrokenRun()
    {
        var world = new UserBehaviorSimulatorOptions { Seed = 16 };
        var random = new SeededRandom(16);
        List<ReplayItem> items = WithLabels(new UserBehaviorSimulator(world).Generate().Take(4000).Select(action =>
            (random.Next(10) == 0 ? WithVector(action.Event, random) : (DomainEvent)action.Event, action.IsThreat || random.Next(100) == 0)));

        await StopAndResumeAsync(16, items, 6, () => ReplayDatabase.CreateAsync(
            server, static () => new UserBehaviorTable(), static () => new UserBehaviorEngine(new UserBehaviorOptions())));
    }

    [Fact]
    public async Task Run_MeasurementsStoppedAnywhereAndResumed_EqualsUnbrokenRun()
    {
        var random = new SeededRandom(17);
        var options = new IotOptions { Baseline = new() { Days = 0.2, Measurements = 200, SampleValues = 64 } };
        List<ReplayItem> items = WithLabels(Enumerable.Range(0, 4000).Select(i => (
            (DomainEvent)new IotMeasurement
            {
                EventUid = $"m{i}",
                OccurredAt = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i / 4),
                DeviceId = i % 4 < 3 ? "pump \"1\"" : "Lüfter",
                Signal = i % 4 == 1 ? "O'Neil\t" : "motor",
                Type = (MeasurementType)(i % 4),
                Value = (random.Next(100) == 0 ? 1e20 : 20) + (random.NextNormal() / 3),
                Unit = i % 4 == 0 ? random.Next(2) == 0 ? "°C" : "bar" : null,
                Location = i % 4 == 3 ? "hall" : null,
            },
            random.Next(100) == 0)));

        await StopAndResumeAsync(17, items, 6, () => ReplayDatabase.CreateAsync(server, static () => new IotTable(), () => new IotEngine(options)));
    }

    /// <summary>The same action with a vector that its caller made.</summary>
    private static UserBehaviorEvent WithVector(UserBehaviorEvent action, SeededRandom random) => new()
    {
        EventUid = action.EventUid,
        OccurredAt = action.OccurredAt,
        UserId = action.UserId,
        EventType = action.EventType,
        Resource = "O'Neil \"quoted\"\tÄ",
        Outcome = action.Outcome,
        SourceIp = action.SourceIp,
        Latitude = 48.8566140001,
        Longitude = -2.3522219,
        UtcOffsetMinutes = -90,
        Embedding = [.. Enumerable.Range(0, UserBehaviorLayout.Dimension).Select(_ => (float)random.NextNormal())],
        EmbeddingVersion = 7,
    };

    /// <summary>A stream in which some hundred events later somebody says what a threat was; a third of the time that it was none.</summary>
    private static List<ReplayItem> WithLabels(IEnumerable<(DomainEvent Event, bool IsThreat)> stream)
    {
        List<(DomainEvent Event, bool IsThreat)> events = [.. stream];
        List<ReplayItem> items = [];
        for (int i = 0; i < events.Count; i++)
        {
            items.Add(new ReplayItem(events[i].Event, null, null, "stream", items.Count));
            int earlier = i - 100;
            if (earlier < 0 || !events[earlier].IsThreat) continue;
            DomainEvent told = events[earlier].Event;
            items.Add(new ReplayItem(null, new Label(told.Domain, told.EventUid, earlier % 3 != 0, events[i].Event.OccurredAt, "analyst"), null, "stream", items.Count));
        }

        Assert.Contains(items, item => item.Label is not null);
        return items;
    }

    private Task StopAndResumeAsync(ulong seed, int stops) => StopAndResumeAsync(seed, CardStream.Mixed(seed), stops, () => ReplayDatabase.CreateAsync(server));

    private static async Task StopAndResumeAsync(ulong seed, List<ReplayItem> items, int stops, Func<Task<ReplayDatabase>> create)
    {
        ReplayDatabase unbroken = await create();
        await unbroken.ReplayAsync(items);
        long events = items.Count(item => item.Event is not null);
        Assert.InRange(await unbroken.CountAsync("SELECT COUNT(*) FROM event_keys"), events / 2, events);

        var random = new SeededRandom(seed);
        ReplayDatabase broken = await create();
        int[] points = [.. Enumerable.Range(0, stops).Select(_ => random.Next(items.Count)).Order()];
        foreach (int point in points)
        {
            PipelineOptions options = broken.Pipeline with
            {
                BatchSize = random.Next(5, 150),
                BatchesInFlight = random.Next(1, 4),
                CheckpointEvery = random.Next(1, 800),
            };
            await broken.With(options).ReplayUntilAsync(items, point);
        }

        await broken.ReplayAsync(items);
        StoredRows.AssertEqual(await unbroken.ReadAsync(), await broken.ReadAsync());
    }
}
