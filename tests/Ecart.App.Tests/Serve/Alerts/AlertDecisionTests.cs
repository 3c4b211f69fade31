using System.Net;
using System.Text.Json;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Alerts;

/// <summary>A decision on an alert is a label from which the pipeline learns.</summary>
public sealed class AlertDecisionTests(MariaDbFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decide_AlertOfTheServedDomain_IsLearnedOnceAndCorrected()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync("/v1/events", Posted.Event("E1", amount: 60_000));
        using Visitor analyst = await Visitor.SignedInAsync(service, "ada", AccessRole.Analyst);

        JsonElement confirmed = await DecideAsync(analyst, "confirmed_fraud");
        JsonElement again = await DecideAsync(analyst, "confirmed_fraud");
        long labels = await service.CountAsync("SELECT COUNT(*) FROM event_labels WHERE event_uid = 'E1' AND is_fraud AND previous IS NULL AND source = 'alert:ada'");
        long isFraud = await service.CountAsync("SELECT is_confirmed_fraud FROM financial_transactions WHERE transaction_id = 'E1'");
        JsonElement corrected = await DecideAsync(analyst, "false_positive");

        Assert.Equal(["done taken", "unchanged taken", "done taken"], new[] { confirmed, again, corrected }.Select(result => $"{result.GetProperty("outcome").GetString()} {result.GetProperty("label").GetString()}"));
        Assert.Equal((1, 1), (labels, isFraud));
        Assert.Equal(0, await service.CountAsync("SELECT is_confirmed_fraud FROM financial_transactions WHERE transaction_id = 'E1'"));
        Assert.Equal(2, await service.CountAsync("SELECT COUNT(*) FROM event_labels"));
        Assert.Equal(2, await service.CountAsync("SELECT COUNT(*) FROM verdict_history WHERE decided_by = 'ada'"));
    }

    [Fact]
    public async Task Decide_InSql_IsLearnedWithTheSameTraces()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync("/v1/events", Posted.Event("E1", amount: 60_000));

        await AlertStoreRows.ExecuteAsync(service.Database, "UPDATE anomaly_alerts SET status = 'confirmed_fraud' WHERE event_uid = 'E1'");
        while (await service.CountAsync("SELECT COUNT(*) FROM anomaly_alerts WHERE labelled_status = 'confirmed_fraud'") == 0) await Task.Delay(25, Cancellation);

        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM event_labels WHERE event_uid = 'E1' AND is_fraud AND source LIKE 'alert:sql:%'"));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM alert_history WHERE action = 'set_status' AND actor LIKE 'sql:%' AND to_value = 'confirmed_fraud'"));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM anomaly_alerts WHERE revision = 2 AND resolved_at IS NOT NULL"));
    }

    [Fact]
    public async Task Decide_AlertOfAnotherDomain_IsKeptAndWaits()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await AlertStoreRows.AddAsync(service.Database, 1, "network");
        using Visitor analyst = await Visitor.ProgramAsync(service, AccessRole.Analyst);

        JsonElement result = await DecideAsync(analyst, "confirmed_fraud");

        Assert.Equal("waiting", result.GetProperty("label").GetString());
        Assert.Contains("network", result.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM anomaly_alerts WHERE status = 'confirmed_fraud' AND is_unlabelled = 1"));
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM event_labels"));
    }

    [Fact]
    public async Task Decide_AlertWhoseEventIsGone_IsKeptAndDoesNotWaitForever()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await AlertStoreRows.AddAsync(service.Database, 1);
        using Visitor analyst = await Visitor.ProgramAsync(service, AccessRole.Analyst);

        await DecideAsync(analyst, "confirmed_fraud");

        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM anomaly_alerts WHERE is_unlabelled = 1"));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE reason = 'unknown_event' AND source = 'alerts'"));
    }

    [Theory]
    [InlineData("UPDATE alert_history SET actor = 'somebody else'")]
    [InlineData("DELETE FROM alert_history")]
    public async Task History_OfAlerts_CannotBeEdited(string sql)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await AlertStoreRows.AddAsync(service.Database, 1);
        await AlertStoreRows.ExecuteAsync(service.Database, "UPDATE anomaly_alerts SET assigned_to = 'ada'");

        MySqlConnector.MySqlException error = await Assert.ThrowsAsync<MySqlConnector.MySqlException>(() => AlertStoreRows.ExecuteAsync(service.Database, sql));

        Assert.Contains("only added to", error.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> DecideAsync(Visitor visitor, string status)
    {
        (HttpStatusCode code, JsonElement json) = await visitor.AskAsync("POST", "/v1/alerts/actions", $$"""{"action": "set_status", "ids": [1], "status": "{{status}}"}""");
        Assert.True(code == HttpStatusCode.OK, json.GetRawText());
        return json.GetProperty("results")[0];
    }
}
