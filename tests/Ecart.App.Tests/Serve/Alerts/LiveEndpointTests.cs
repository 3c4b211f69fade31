using System.Net;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Alerts;

public sealed class LiveEndpointTests(MariaDbFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_NewAlertAndChange_AreToldAndResumedAfterTheLastHeard()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);
        using Visitor analyst = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        string ready;
        using (LiveReader live = await LiveReader.OpenAsync(viewer))
        {
            ready = (await live.ReadAsync("ready")).Id!;
            await service.PostAsync("/v1/events", Posted.Event("E1", amount: 60_000));
            LiveEvent alert = await live.ReadAsync("alert");
            await analyst.AskAsync("POST", "/v1/alerts/actions", """{"action": "take", "ids": [1]}""");
            LiveEvent change = await live.ReadAsync("change");

            Assert.Equal("E1", alert.Json.GetProperty("event_uid").GetString());
            Assert.Equal("take", change.Json.GetProperty("action").GetString());
        }

        using LiveReader again = await LiveReader.OpenAsync(viewer, ready);
        Assert.Equal("E1", (await again.ReadAsync("alert")).Json.GetProperty("event_uid").GetString());
        Assert.Equal(1, (await again.ReadAsync("change")).Json.GetProperty("alert_id").GetInt64());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1")]
    [InlineData("99999999999999999999-1")]
    public async Task Live_PositionThatIsNone_IsToldToBeginAgain(string position)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);

        using LiveReader live = await LiveReader.OpenAsync(viewer, position);

        Assert.Equal("too_much_missed", (await live.ReadAsync("reset")).Json.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Live_WhileSomebodyListens_TheServiceStopsAtOnce()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);
        using LiveReader live = await LiveReader.OpenAsync(viewer);
        await live.ReadAsync("ready");

        long began = TimeProvider.System.GetTimestamp();
        await service.StopAsync();
        await service.Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Live_KeyIsRevokedMeanwhile_EndsTheStream()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor viewer = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);
        using LiveReader live = await LiveReader.OpenAsync(viewer);
        await live.ReadAsync("ready");

        await new UserStore(service.Database).SetDisabledAsync("vera", true, "test", Cancellation);

        await live.ReadAsync("signed_out");
        Assert.True(await live.IsOverAsync());
    }

    [Fact]
    public async Task Live_Stranger_IsRefused()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor stranger = Visitor.Stranger(service);

        using HttpResponseMessage answer = await stranger.SendAsync("GET", "/v1/live");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
