using System.Net;
using System.Text.Json;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Alerts;

public sealed class AlertApiTests(MariaDbFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sort=newest", 60)]
    [InlineData("sort=score", 60)]
    [InlineData("sort=severity", 60)]
    [InlineData("sort=updated", 60)]
    [InlineData("sort=severity&status=open&severity=high,critical", 18)]
    [InlineData("sort=newest&severity=critical", 15)]
    [InlineData("status=new,resolved&sort=score", 36)]
    [InlineData("entity_id=A3", 9)]
    [InlineData("text=EARLIER", 60)]
    [InlineData("text=u1", 11)]
    [InlineData("text=%25", 0)]
    [InlineData("domain=network", 0)]
    [InlineData("from=2026-03-01T10:10:00Z&until=2026-03-01T10:12:00Z", 6)]
    [InlineData("assigned_to=none&status=new", 24)]
    public async Task List_PagedInAnyOrder_HasEveryAlertOnceAndInOrder(string query, int expected)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await AlertStoreRows.AddAsync(service.Database, 60);
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);

        List<JsonElement> all = await ListAllAsync(viewer, query, 7);

        Assert.Equal(expected, all.Count);
        Assert.Equal(expected, all.Select(item => item.GetProperty("id").GetInt64()).Distinct().Count());
        Func<JsonElement, (double, string, long)> key = query.Contains("score", StringComparison.Ordinal)
            ? item => (item.GetProperty("score").GetDouble(), item.GetProperty("occurred_at").GetString()!, item.GetProperty("id").GetInt64())
            : query.Contains("sort=severity", StringComparison.Ordinal)
                ? item => (Array.IndexOf(["low", "medium", "high", "critical"], item.GetProperty("severity").GetString()), item.GetProperty("occurred_at").GetString()!, item.GetProperty("id").GetInt64())
                : item => (0, item.GetProperty(query.Contains("updated", StringComparison.Ordinal) ? "updated_at" : "occurred_at").GetString()!, item.GetProperty("id").GetInt64());
        Assert.Equal(all.Select(key).OrderByDescending(one => one.Item1).ThenByDescending(one => one.Item2, StringComparer.Ordinal).ThenByDescending(one => one.Item3), all.Select(key));
    }

    [Theory]
    [InlineData("status=lost", "status")]
    [InlineData("severity=' OR 1=1 --", "severity")]
    [InlineData("severity=none", "severity")]
    [InlineData("sort=price", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=1e9", "limit")]
    [InlineData("from=soon", "from")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=bnVsbA", "cursor")]
    [InlineData("wrong=1", "wrong")]
    [InlineData("text=%00", "text")]
    public async Task List_WrongQuery_NamesTheField(string query, string field)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);

        (HttpStatusCode status, JsonElement json) = await viewer.AskAsync("GET", "/v1/alerts?" + query);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(field, json.GetProperty("field").GetString());
    }

    [Fact]
    public async Task List_SqlInEveryFilter_FindsNothingAndChangesNothing()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await AlertStoreRows.AddAsync(service.Database, 10);
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);
        string sql = Uri.EscapeDataString("x' OR '1'='1'; DROP TABLE anomaly_alerts; -- \\");

        foreach (string name in new[] { "domain", "entity_type", "entity_id", "text", "assigned_to" })
        {
            (HttpStatusCode status, JsonElement json) = await viewer.AskAsync("GET", $"/v1/alerts?{name}={sql}");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Empty(json.GetProperty("items").EnumerateArray());
        }

        Assert.Equal(10, await service.CountAsync("SELECT COUNT(*) FROM anomaly_alerts"));
    }

    [Fact]
    public async Task Show_AlertOfAStoredEvent_HasEverythingThatDecidesIt()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        for (int i = 0; i < 15; i++) await service.PostAsync("/v1/events", Posted.Event($"N{i}", amount: 10 + i, minute: i));
        await service.PostAsync("/v1/events", Posted.Event("E1", amount: 60_000, minute: 30));
        await service.PostAsync("/v1/events", Posted.Event("E2", amount: 61_000, minute: 31));
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);
        long id = await service.CountAsync("SELECT alert_id FROM anomaly_alerts WHERE event_uid = 'E1'");

        (HttpStatusCode status, JsonElement json) = await viewer.AskAsync("GET", $"/v1/alerts/{id}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("E1", json.GetProperty("event").GetProperty("event_uid").GetString());
        Assert.Equal(60_000, json.GetProperty("event").GetProperty("fields").GetProperty("amount").GetDouble());
        JsonElement high = json.GetProperty("evidence").EnumerateArray().First(finding => finding.GetProperty("code").GetString() == "high_amount");
        Assert.Equal((60_000, 10_000), (high.GetProperty("observed").GetDouble(), high.GetProperty("threshold").GetDouble()));
        JsonElement[] nearest = [.. json.GetProperty("nearest").EnumerateArray()];
        Assert.Equal(5, nearest.Length);
        Assert.Equal(nearest.Select(near => near.GetProperty("distance").GetDouble()).Order(), nearest.Select(near => near.GetProperty("distance").GetDouble()));
        Assert.All(nearest, near => Assert.StartsWith("N", near.GetProperty("event").GetProperty("event_uid").GetString(), StringComparison.Ordinal));
        Assert.NotEmpty(json.GetProperty("features").EnumerateArray());
        Assert.Equal(17, json.GetProperty("timeline").GetArrayLength());
        Assert.Equal("E2", Assert.Single(json.GetProperty("related").EnumerateArray()).GetProperty("event_uid").GetString());
        Assert.Equal(0.5, json.GetProperty("bands").GetProperty("flag").GetDouble());
    }

    [Theory]
    [InlineData("/v1/alerts/999")]
    [InlineData("/v1/alerts/one")]
    [InlineData("/v1/alerts/-1")]
    [InlineData("/v1/alerts/99999999999999999999")]
    [InlineData("/v1/alerts/999/history")]
    public async Task Show_NoSuchAlert_IsNotFound(string path)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);

        (HttpStatusCode status, JsonElement json) = await viewer.AskAsync("GET", path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.EndsWith("not_found", json.GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actions_OnSeveralAlerts_AreDoneWithHistoryAndAudit()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await AlertStoreRows.AddAsync(service.Database, 5);
        using Visitor analyst = await Visitor.SignedInAsync(service, "ada", AccessRole.Analyst);

        await ActAsync(analyst, """{"action": "take", "ids": [1, 2]}""");
        await ActAsync(analyst, """{"action": "assign", "ids": [2], "assigned_to": "ada"}""");
        await ActAsync(analyst, """{"action": "comment", "ids": [1], "note": "<b>looks odd</b>"}""");
        JsonElement results = await ActAsync(analyst, """{"action": "set_status", "ids": [1, 99], "status": "resolved", "note": "asked the customer", "revisions": {"1": 3}}""");

        Assert.Equal([200, 404], results.EnumerateArray().Select(result => result.GetProperty("status").GetInt32()));
        (_, JsonElement history) = await analyst.AskAsync("GET", "/v1/alerts/1/history");
        Assert.Equal(
            ["set_status ada investigating resolved asked the customer", "comment ada   <b>looks odd</b>", "set_status ada new investigating ", "take ada  ada "],
            history.GetProperty("items").EnumerateArray().Select(entry => string.Join(' ', new[] { "action", "actor", "from", "to", "note" }.Select(name => entry.GetProperty(name).GetString()))));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM anomaly_alerts WHERE alert_id = 1 AND status = 'resolved' AND assigned_to = 'ada' AND notes = 'asked the customer' AND resolved_at IS NOT NULL AND revision = 4"));
        Assert.Equal(2, await service.CountAsync("SELECT COUNT(*) FROM verdict_history WHERE alert_id = 1 AND decided_by = 'ada'"));
        Assert.Equal(4, await service.CountAsync("SELECT COUNT(*) FROM audit_log WHERE subject_type = 'alert' AND actor = 'ada'"));
    }

    [Fact]
    public async Task Actions_OfTwoWhoSawTheSame_OnlyTheFirstIsDone()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await AlertStoreRows.AddAsync(service.Database, 2);
        using Visitor ada = await Visitor.SignedInAsync(service, "ada", AccessRole.Analyst);
        using Visitor ben = await Visitor.SignedInAsync(service, "ben", AccessRole.Analyst);

        JsonElement[] taken = await Task.WhenAll(ActAsync(ada, """{"action": "take", "ids": [1]}"""), ActAsync(ben, """{"action": "take", "ids": [1]}"""));
        JsonElement late = await ActAsync(ada, """{"action": "set_status", "ids": [1], "status": "resolved", "revisions": {"1": 1}}""");

        Assert.Equal(["conflict", "done"], taken.Select(results => results[0].GetProperty("outcome").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(409, late[0].GetProperty("status").GetInt32());
        Assert.Equal("investigating", late[0].GetProperty("alert_status").GetString());
    }

    [Theory]
    [InlineData("""{"ids": [1]}""", "action")]
    [InlineData("""{"action": "delete", "ids": [1]}""", "action")]
    [InlineData("""{"action": "take"}""", "ids")]
    [InlineData("""{"action": "take", "ids": []}""", "ids")]
    [InlineData("""{"action": "take", "ids": ["1"]}""", "ids[0]")]
    [InlineData("""{"action": "comment", "ids": [1], "note": "  "}""", "note")]
    [InlineData("""{"action": "set_status", "ids": [1]}""", "status")]
    [InlineData("""{"action": "take", "ids": [1], "status": "new"}""", "status")]
    [InlineData("""{"action": "assign", "ids": [1], "assigned_to": "nobody'; DROP TABLE anomaly_alerts; --"}""", "assigned_to")]
    [InlineData("""{"action": "take", "ids": [1], "more": 1}""", "more")]
    public async Task Actions_WrongBody_NamesTheField(string body, string field)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await AlertStoreRows.AddAsync(service.Database, 1);
        using Visitor analyst = await Visitor.ProgramAsync(service, AccessRole.Analyst);

        (HttpStatusCode status, JsonElement json) = await analyst.AskAsync("POST", "/v1/alerts/actions", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(field, json.GetProperty("field").GetString());
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM alert_history"));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("[1, 2]", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    public async Task Actions_NoObject_IsABadRequest(string body, HttpStatusCode expected)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor analyst = await Visitor.ProgramAsync(service, AccessRole.Analyst);

        Assert.Equal(expected, (await analyst.AskAsync("POST", "/v1/alerts/actions", body)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await analyst.AskAsync("POST", "/v1/alerts/actions", $$"""{"note": "{{new string('x', 300_000)}}"}""")).Status);
    }

    private static async Task<JsonElement> ActAsync(Visitor visitor, string body)
    {
        (HttpStatusCode status, JsonElement json) = await visitor.AskAsync("POST", "/v1/alerts/actions", body);
        Assert.True(status == HttpStatusCode.OK, json.GetRawText());
        return json.GetProperty("results");
    }

    private static async Task<List<JsonElement>> ListAllAsync(Visitor visitor, string query, int limit)
    {
        var all = new List<JsonElement>();
        string? cursor = null;
        do
        {
            (HttpStatusCode status, JsonElement json) = await visitor.AskAsync("GET", $"/v1/alerts?limit={limit}&{query}{(cursor is null ? "" : "&cursor=" + cursor)}");
            Assert.True(status == HttpStatusCode.OK, json.GetRawText());
            all.AddRange(json.GetProperty("items").EnumerateArray());
            cursor = json.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return all;
    }
}
