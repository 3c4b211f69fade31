using Ecart.MariaDb.Writing;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>COMMITs whose answer never comes: some took effect, some did not, and only the lanes can tell.</summary>
public sealed class UnknownOutcomeTests(MariaDbFixture server)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_CommitsOfUnknownOutcome_EqualsUnbrokenRun(bool withLabels)
    {
        List<ReplayItem> items = withLabels ? CardStream.Mixed(16) : CardStream.Items(CardStream.Events(17, 30, 10));
        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items);
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        int lost = 0;
        await using var proxy = new LossyProxy(database.ConnectionString, number =>
        {
            LossyProxy.Loss loss = number % 3 == 0 ? LossyProxy.Loss.BeforeAnswer : number % 5 == 0 ? LossyProxy.Loss.BeforeServer : LossyProxy.Loss.None;
            if (loss == LossyProxy.Loss.BeforeAnswer) Interlocked.Increment(ref lost);
            return loss;
        });
        var through = new ReplayDatabase(proxy.ConnectionString) { Pipeline = database.Pipeline with { BatchSize = 15 } };

        ReplayPipeline pipeline = await through.ReplayAsync(items);

        Assert.True(lost > 10, $"{lost} of {proxy.Commits} answers lost");
        StoredRows.AssertEqual(await unbroken.ReadAsync(), await database.ReadAsync());
        Assert.Equal(await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"), pipeline.Counters.Committed);
    }

    [Fact]
    public async Task Run_ServerCannotBeAskedForTheOutcome_StopsInsteadOfRepeating()
    {
        List<ReplayItem> items = CardStream.Items(CardStream.Events(18, 30, 10));
        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items);
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        LossyProxy? proxy = null;
        proxy = new LossyProxy(database.ConnectionString, number =>
        {
            if (number != 12) return LossyProxy.Loss.None;
            proxy!.Close();
            return LossyProxy.Loss.BeforeAnswer;
        });
        var through = new ReplayDatabase(proxy.ConnectionString)
        {
            Pipeline = database.Pipeline,
            Committer = new BatchCommitterOptions { GiveUpAfter = TimeSpan.FromSeconds(1) },
        };

        await Assert.ThrowsAsync<StoreUnavailableException>(() => through.ReplayAsync(items));
        await proxy.DisposeAsync();
        await database.ReplayAsync(items);

        StoredRows.AssertEqual(await unbroken.ReadAsync(), await database.ReadAsync());
    }
}
