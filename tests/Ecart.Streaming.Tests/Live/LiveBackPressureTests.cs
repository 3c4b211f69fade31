using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Live;

/// <summary>A store that does not commit stops the sources.</summary>
public sealed class LiveBackPressureTests(MariaDbFixture server)
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(1, 4)]
    public async Task Enter_StoreBlocked_HoldsABoundedNumberThenWaitsAndGoesOn(int inFlight, int ahead)
    {
        // In flight, one scored, ahead, two waiting.
        int places = inFlight + 1 + ahead + 2;
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server)).With(
            new PipelineOptions { BatchSize = 1, BatchesAhead = ahead, BatchesInFlight = inFlight });
        List<ReplayItem> items = CardStream.Items(CardStream.Events(121, 20, 10).Take(3 * places));
        await using LiveHarness live = await LiveHarness.StartAsync(database);
        Task entering;
        await using (HeldLanes held = await HeldLanes.TakeAsync(database.ConnectionString))
        {
            await live.EnterAsync(items.Take(places));
            entering = live.EnterAsync(items.Skip(places));

            Assert.False(live.Pipeline.Intake.TryEnter(new IntakeItem(items[^1], null, null)));
            Assert.False(entering.IsCompleted);
            Assert.Equal((places, 2), (live.Receipts.Count, live.Pipeline.Waiting));
            Assert.All(live.Receipts, receipt => Assert.False(receipt.Outcome.IsCompleted));
            await held.ReleaseAsync();
        }

        await entering;
        Assert.All(await live.OutcomesAsync(), outcome => Assert.Equal(Told.Stored, outcome));
        await live.StopAsync();
        live.AssertToldOnce();
        Assert.Equal(items.Count, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }
}
