using System.Net;
using Ecart.App.Serve;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve;

public sealed class DecisionTests(MariaDbFixture server)
{
    private const string Events = "/v1/events";

    [Fact]
    public async Task Post_ByScoreBands_Decides()
    {
        await using RunningService service = await RunningService.StartAsync(server, options =>
        {
            options.Http.Decisions.ReviewFrom = 0.2;
            options.Http.Decisions.DeclineFrom = 0.5;
        });

        HttpAnswer small = await service.PostAsync(Events, Posted.Event("E1", amount: 10));
        HttpAnswer high = await service.PostAsync(Events, Posted.Event("E2", amount: 20_000, account: "A2"));
        HttpAnswer veryHigh = await service.PostAsync(Events + "?budget_ms=60000", Posted.Event("E3", amount: 60_000, account: "A3"));

        Assert.Equal(["approve", "review", "decline"], new[] { small, high, veryHigh }.Select(answer => answer.Text("decision")));
        Assert.False(veryHigh.Is("degraded"));
    }

    [Fact]
    public async Task Post_BudgetSpent_DecidesByPolicyAndStoresOnce()
    {
        await using RunningService service = await RunningService.StartAsync(server, options => options.Http.Decisions.WhenDegraded = Decision.Review);
        await using (await service.BlockStoreAsync())
        {
            HttpAnswer answer = await service.PostAsync(Events + "?budget_ms=5", Posted.Event("E1"));

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.True(answer.Is("degraded"));
            Assert.Equal("budget_spent", answer.Text("cause"));
            Assert.Equal("review", answer.Text("decision"));
            Assert.Equal("E1", answer.Text("event_uid"));
        }

        HttpAnswer again = await service.PostAsync(Events, Posted.Event("E1"));

        Assert.True(again.Is("duplicate"));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }

    [Fact]
    public async Task Post_StoreAway_DecidesByPolicyOrAsksToComeBackAndStoresOnce()
    {
        await using RunningService service = await RunningService.StartAsync(server, options => options.Http.Decisions.BudgetMilliseconds = 0);
        await service.PostAsync(Events, Posted.Event("E0"));
        service.Gate.Shut();
        await service.WaitForAsync("/health/ready", HttpStatusCode.ServiceUnavailable);

        HttpAnswer withBudget = await service.PostAsync(Events + "?budget_ms=10000", Posted.Event("E1", minute: 1));
        HttpAnswer without = await service.PostAsync(Events, Posted.Event("E2", minute: 2));
        string alive = await service.GetAsync("/health/live");
        service.Gate.Open();
        await service.WaitForAsync("/health/ready", HttpStatusCode.OK);
        HttpAnswer again = await service.PostAsync(Events, Posted.Event("E1", minute: 1));

        Assert.Equal(HttpStatusCode.OK, withBudget.Status);
        Assert.Equal("approve", withBudget.Text("decision"));
        Assert.Equal("store_away", withBudget.Text("cause"));
        Assert.True(withBudget.Is("degraded"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, without.Status);
        Assert.NotNull(without.RetryAfter);
        Assert.Equal("live", alive);
        Assert.True(again.Is("duplicate"));
        Assert.Equal(2, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }

    [Fact]
    public async Task Post_PipelineFull_AsksToComeBackAndLosesNothingThatItTook()
    {
        await using RunningService service = await RunningService.StartAsync(server, options => options.BatchSize = 3);
        int taken = 0;
        HttpAnswer answer;
        await using (await service.BlockStoreAsync())
        {
            for (; ; taken++)
            {
                answer = await service.PostAsync(Events + "?budget_ms=1", Posted.Event($"E{taken}"));
                if (answer.Status != HttpStatusCode.OK) break;
            }
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.NotNull(answer.RetryAfter);
        Assert.Equal("approve", answer.Text("decision"));
        Assert.True(taken >= 6);
        await service.StopAsync();
        await service.Running;
        Assert.Equal(taken, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }

    [Fact]
    public async Task Stop_RequestsInFlight_GetTheirAnswers()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        Task<HttpAnswer>[] waiting;
        await using (await service.BlockStoreAsync())
        {
            waiting = [.. Enumerable.Range(0, 20).Select(i => service.PostAsync(Events, Posted.Event($"E{i}", account: $"A{i}")))];
            // Its answer comes by policy, and only after the others were handed in or as one more of them: stopping finds requests in flight.
            await service.PostAsync(Events + "?budget_ms=100", Posted.Event("last"));
            await service.StopAsync();
        }

        HttpAnswer[] answers = await Task.WhenAll(waiting);
        await service.Running;

        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
        int stored = answers.Count(answer => answer.Status == HttpStatusCode.OK);
        Assert.True(stored > 0);
        Assert.Equal(stored + 1, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }
}
