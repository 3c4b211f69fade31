using System.Net;
using System.Text.Json;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Exceptions;

/// <summary>Exceptions by the API, in a service that runs.</summary>
public sealed class ExceptionApiTests(MariaDbFixture server)
{
    private const string Exceptions = "/v1/exceptions";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_FromAnAlert_SilencesTheRunningServiceWithinSecondsUntilItIsRevoked()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ana = await Visitor.SignedInAsync(service, "ana", AccessRole.Analyst);
        long alert = await RaiseAsync(service, "E1");
        (_, JsonElement suggested) = await ana.AskAsync("GET", $"{Exceptions}/suggestion?alert={alert}");

        (HttpStatusCode status, JsonElement made) = await ana.AskAsync("POST", Exceptions, Wish(alert, "\"entity_type\": \"account\", \"entity_id\": \"A1\""));
        long id = made.GetProperty("id").GetInt64();
        long silenced = await PostUntilAsync(service, "silent", by => by == id);
        (_, JsonElement events) = await ana.AskAsync("GET", $"{Exceptions}/{id}/events");
        (_, JsonElement after) = await ana.AskAsync("GET", $"{Exceptions}/{id}");
        (HttpStatusCode revoked, JsonElement end) = await ana.AskAsync("POST", $"{Exceptions}/{id}/revoke", """{"reason": "It was none."}""");
        await PostUntilAsync(service, "loud", by => by is null);
        (HttpStatusCode again, _) = await ana.AskAsync("POST", $"{Exceptions}/{id}/revoke", """{"reason": "Once more."}""");

        Assert.Equal("A1", suggested.GetProperty("exception").GetProperty("entity_id").GetString());
        Assert.Equal("E1", suggested.GetProperty("exception").GetProperty("event_uid").GetString());
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("active", made.GetProperty("state").GetString());
        Assert.Equal("ana", made.GetProperty("created_by").GetString());
        Assert.Equal(0, await service.CountAsync($"SELECT COUNT(*) FROM anomaly_alerts WHERE event_uid = 'silent-{silenced}'"));
        Assert.Equal(id, await service.CountAsync($"SELECT suppressed_by FROM financial_transactions WHERE transaction_id = 'silent-{silenced}'"));
        Assert.Equal($"silent-{silenced}", events.GetProperty("items")[0].GetProperty("event_uid").GetString());
        Assert.Equal(1, after.GetProperty("hit_count").GetInt64());
        Assert.Equal(HttpStatusCode.OK, revoked);
        Assert.Equal("revoked", end.GetProperty("state").GetString());
        Assert.Equal("It was none.", end.GetProperty("revoke_reason").GetString());
        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Equal(2, await service.CountAsync($"SELECT COUNT(*) FROM audit_log WHERE subject_type = 'exception' AND subject_id = '{id}' AND actor = 'ana' AND action IN ('create', 'revoke')"));
    }

    [Fact]
    public async Task Add_ApprovalNeeded_SilencesNothingBeforeASecondPersonApproves()
    {
        await using RunningService service = await RunningService.StartAsync(server, options => options.Console.ExceptionsNeedApproval = true);
        using Visitor ana = await Visitor.SignedInAsync(service, "ana", AccessRole.Analyst);
        using Visitor bob = await Visitor.SignedInAsync(service, "bob", AccessRole.Analyst);
        using Visitor vera = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Admin);
        long alert = await RaiseAsync(service, "E1");
        (_, JsonElement made) = await ana.AskAsync("POST", Exceptions, Wish(alert, "\"rule\": \"amount > 50000\""));
        string path = $"{Exceptions}/{made.GetProperty("id").GetInt64()}";

        HttpAnswer before = await service.PostAsync("/v1/events", Posted.Event("E2", amount: 60_000));
        (HttpStatusCode own, JsonElement problem) = await ana.AskAsync("POST", path + "/approve");
        (HttpStatusCode viewers, _) = await vera.AskAsync("POST", path + "/approve");
        (HttpStatusCode keys, _) = await program.AskAsync("POST", path + "/approve");
        (HttpStatusCode second, JsonElement approved) = await bob.AskAsync("POST", path + "/approve");
        await PostUntilAsync(service, "silent", by => by is not null);
        (HttpStatusCode twice, _) = await bob.AskAsync("POST", path + "/approve");

        Assert.Equal("pending", made.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, before.Json.GetProperty("suppressed_by").ValueKind);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM anomaly_alerts WHERE event_uid = 'E2'"));
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], new[] { own, viewers, keys });
        Assert.Equal("urn:ecart:problem:same_person", problem.GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.OK, second);
        Assert.Equal("active", approved.GetProperty("state").GetString());
        Assert.Equal("bob", approved.GetProperty("approved_by").GetString());
        Assert.Equal(HttpStatusCode.Conflict, twice);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM audit_log WHERE subject_type = 'exception' AND actor = 'bob' AND action = 'approve'"));
    }

    [Theory]
    [InlineData("{}", "domain")]
    [InlineData("""{"domain": "transactions' OR 1=1 --", "reason": "r"}""", "domain")]
    [InlineData("""{"domain": "transactions", "reason": "r"}""", "entity_id")]
    [InlineData("""{"domain": "transactions", "entity_id": "A1", "reason": "r"}""", "entity_type")]
    [InlineData("""{"domain": "transactions", "entity_type": "account", "entity_id": "A1"}""", "reason")]
    [InlineData("""{"domain": "transactions", "entity_type": "account", "entity_id": "A1", "reason": "   "}""", "reason")]
    [InlineData("""{"domain": "transactions", "entity_type": "account", "entity_id": "A1", "reason": "r", "days": 0}""", "days")]
    [InlineData("""{"domain": "transactions", "entity_type": "account", "entity_id": "A1", "reason": "r", "valid_until": "2020-01-01T00:00:00Z"}""", "valid_until")]
    [InlineData("""{"domain": "transactions", "entity_type": "account", "entity_id": "A1", "reason": "r", "valid_until": "9999-01-01T00:00:00Z"}""", "valid_until")]
    [InlineData("""{"domain": "transactions", "event_uid": "no such", "reason": "r"}""", "event_uid")]
    [InlineData("""{"domain": "transactions", "event_uid": "E1", "radius": -1, "reason": "r"}""", "radius")]
    [InlineData("""{"domain": "transactions", "event_uid": "E1", "radius": "wide", "reason": "r"}""", "radius")]
    [InlineData("""{"domain": "transactions", "radius": 1, "entity_type": "account", "entity_id": "A1", "reason": "r"}""", "event_uid")]
    [InlineData("""{"domain": "transactions", "alert_id": 99, "rule": "amount > 1", "reason": "r"}""", "alert_id")]
    [InlineData("""{"domain": "transactions", "rule": "amount > and", "reason": "r"}""", "rule")]
    [InlineData("""{"domain": "transactions", "rule": "count(account, 1h) > 3", "reason": "r"}""", "rule")]
    [InlineData("""{"domain": "transactions", "colour": "red"}""", "colour")]
    public async Task Add_WrongField_IsRefusedByName(string body, string field)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        await RaiseAsync(service, "E1");

        (HttpStatusCode status, JsonElement problem) = await program.AskAsync("POST", Exceptions, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(field, problem.GetProperty("field").GetString());
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM anomaly_exceptions"));
    }

    [Fact]
    public async Task Add_HostileBodies_AreRefusedAndStoreNothing()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        string tooLong = new('x', 3000);
        (string Body, HttpStatusCode Expected)[] bodies =
        [
            ("", HttpStatusCode.BadRequest), ("null", HttpStatusCode.BadRequest), ("[1]", HttpStatusCode.BadRequest), ("{\"domain\"", HttpStatusCode.BadRequest),
            ($$"""{"domain": "transactions", "entity_type": "account", "entity_id": "{{tooLong}}", "reason": "r"}""", HttpStatusCode.UnprocessableEntity),
            ($$"""{"domain": "transactions", "entity_type": "{{tooLong}}", "entity_id": "A", "reason": "r"}""", HttpStatusCode.UnprocessableEntity),
            ($$"""{"domain": "transactions", "entity_type": "account", "entity_id": "A", "reason": "{{tooLong}}"}""", HttpStatusCode.UnprocessableEntity),
            ($$"""{"domain": "transactions", "rule": "{{new string('(', 500)}}", "reason": "r"}""", HttpStatusCode.UnprocessableEntity),
            ($$"""{"domain": "{{new string('y', 300_000)}}"}""", HttpStatusCode.RequestEntityTooLarge),
        ];

        foreach ((string body, HttpStatusCode expected) in bodies)
        {
            using HttpResponseMessage answer = await program.SendAsync("POST", Exceptions, body);
            Assert.True(expected == answer.StatusCode, $"{(int)answer.StatusCode} for {body[..Math.Min(80, body.Length)]}");
        }

        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM anomaly_exceptions"));
    }

    [Fact]
    public async Task List_FiltersAndCursor_ShowEachOnceAndSqlFindsNothing()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        for (int i = 0; i < 5; i++)
            await program.AskAsync("POST", Exceptions, $$"""{"domain": "transactions", "entity_type": "account", "entity_id": "A{{i}}", "reason": "number {{i}}"}""");

        var seen = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            (_, JsonElement page) = await program.AskAsync("GET", $"{Exceptions}?limit=2&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("entity_id").GetString()));
            cursor = page.GetProperty("next").GetString();
        }

        (_, JsonElement found) = await program.AskAsync("GET", $"{Exceptions}?text=number%203&state=active&domain=transactions&entity_id=A3");
        (_, JsonElement none) = await program.AskAsync("GET", $"{Exceptions}?text={Uri.EscapeDataString("' OR 1=1 -- %")}");
        (HttpStatusCode state, JsonElement problem) = await program.AskAsync("GET", $"{Exceptions}?state=pretty");
        (HttpStatusCode limit, _) = await program.AskAsync("GET", $"{Exceptions}?limit=201");
        (HttpStatusCode forged, _) = await program.AskAsync("GET", $"{Exceptions}?cursor=%3Cscript%3E");
        (HttpStatusCode missing, _) = await program.AskAsync("GET", $"{Exceptions}/999999");

        Assert.Equal(["A4", "A3", "A2", "A1", "A0"], seen);
        Assert.Equal("A3", Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("entity_id").GetString());
        Assert.Empty(none.GetProperty("items").EnumerateArray());
        Assert.Equal("state", problem.GetProperty("field").GetString());
        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound], new[] { state, limit, forged, missing });
    }

    /// <summary>Posts an event that is flagged, and finds its alert.</summary>
    internal static async Task<long> RaiseAsync(RunningService service, string uid, string account = "A1", int minute = 0, double amount = 60_000)
    {
        HttpAnswer answer = await service.PostAsync("/v1/events", Posted.Event(uid, amount, account, minute));
        Assert.True(answer.Status == HttpStatusCode.OK && answer.Is("is_anomaly"), answer.Json.GetRawText());
        return await service.CountAsync($"SELECT alert_id FROM anomaly_alerts WHERE event_uid = '{uid}'");
    }

    /// <summary>Posts such events until the service silences them as expected.</summary>
    private static async Task<long> PostUntilAsync(RunningService service, string name, Func<long?, bool> isExpected)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        for (int i = 0; ; i++)
        {
            HttpAnswer answer = await service.PostAsync("/v1/events", Posted.Event($"{name}-{i}", amount: 60_000));
            JsonElement by = answer.Json.GetProperty("suppressed_by");
            if (isExpected(by.ValueKind == JsonValueKind.Null ? null : by.GetInt64())) return i;
            Assert.True(waited.Elapsed < Soon, $"not taken over within {Soon}");
            await Task.Delay(20, Cancellation);
        }
    }

    private static string Wish(long alert, string covers) => $$"""{"domain": "transactions", "alert_id": {{alert}}, {{covers}}, "reason": "The account buys a house."}""";
}
