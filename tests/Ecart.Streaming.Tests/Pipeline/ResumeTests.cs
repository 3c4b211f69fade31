using Ecart.Domains.Network;
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
        List<SimulatedFlow> flows = [.. new NetworkSimulator(world).Generate().Take(4000)];
        List<ReplayItem> items = [];
        for (int i = 0; i < flows.Count; i++)
        {
            items.Add(new ReplayItem(flows[i].Event, null, null, "stream", items.Count));
            int earlier = i - 100;
            if (earlier < 0 || !flows[earlier].IsThreat) continue;
            var label = new Label(NetworkFlow.DomainName, flows[earlier].Event.EventUid, earlier % 3 != 0, flows[i].Event.OccurredAt, "analyst");
            items.Add(new ReplayItem(null, label, null, "stream", items.Count));
        }

        await StopAndResumeAsync(15, items, 6, () => ReplayDatabase.CreateAsync(
            server, static () => new NetworkTable(), static () => new NetworkEngine(new NetworkOptions())));
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
