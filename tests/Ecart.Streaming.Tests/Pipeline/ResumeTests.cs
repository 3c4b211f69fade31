using Ecart.Numerics;
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

    private async Task StopAndResumeAsync(ulong seed, int stops)
    {
        List<ReplayItem> items = CardStream.Mixed(seed);
        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items);

        var random = new SeededRandom(seed);
        ReplayDatabase broken = await ReplayDatabase.CreateAsync(server);
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
