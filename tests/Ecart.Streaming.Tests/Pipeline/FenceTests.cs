using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

public sealed class FenceTests(MariaDbFixture server)
{
    [Theory]
    [InlineData(100)]
    [InlineData(333)]
    public async Task Run_SecondOwnerTakesTheLanes_EndsTheFirstWhichWritesNothingMore(int takeAt)
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(51);
        StoredRows? whenTaken = null;
        ReplayPipeline first = database.MakePipeline();

        await Assert.ThrowsAsync<FencedException>(() => first.RunAsync(
            () => new MemorySource(items, i =>
            {
                if (i == takeAt) whenTaken = Take(database);
            }),
            TestContext.Current.CancellationToken));

        StoredRows.AssertEqual(whenTaken!, await database.ReadAsync());
        Assert.Equal(whenTaken!.ByTable["financial_transactions"].Length, first.Counters.Committed);
        Assert.True(first.Counters.Committed < items.Count(item => item.Event is not null));

        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items);
        await database.ReplayAsync(items);
        StoredRows.AssertEqual(await unbroken.ReadAsync(), await database.ReadAsync());
    }

    /// <summary>Waits, as any owner, for what is being committed; nothing of the first owner may follow.</summary>
    private static StoredRows Take(ReplayDatabase database)
    {
        new LaneStore(database.ConnectionString, TransactionEvent.DomainName).AcquireAllAsync(CancellationToken.None).GetAwaiter().GetResult();
        return database.ReadAsync().GetAwaiter().GetResult();
    }
}
