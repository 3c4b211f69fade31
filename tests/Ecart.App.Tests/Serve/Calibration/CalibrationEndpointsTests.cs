using System.Net;
using System.Text.Json;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Calibration;

public sealed class CalibrationEndpointsTests(MariaDbFixture server)
{
    private const string Severity = """{"flag": 0.6, "medium": 0.5, "high": 0.65, "critical": 0.8}""";

    [Fact]
    public async Task Show_DecidedAlerts_HasTablesForTheDomainAndEveryDetector()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await DecidedStore.FillAsync(service.Database, 50);
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);

        (HttpStatusCode status, JsonElement answer) = await viewer.AskAsync("GET", "/v1/calibration?domain=transactions&days=30");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((100, 1), (answer.GetProperty("alerts").GetInt32(), answer.GetProperty("configuration_version").GetInt32()));
        JsonElement[] tables = [.. answer.GetProperty("tables").EnumerateArray()];
        Assert.Equal([null, "night_activity", "velocity"], tables.Select(table => table.GetProperty("code").GetString()));
        Assert.Equal((50, 50), (tables[0].GetProperty("true").GetInt32(), tables[0].GetProperty("false").GetInt32()));
        Assert.Equal(0, tables[1].GetProperty("precision").GetDouble());
        Assert.Equal(JsonValueKind.Null, tables[1].GetProperty("buckets")[0].GetProperty("recall").ValueKind);
        Assert.Equal(0.5, answer.GetProperty("severity").GetProperty("flag").GetDouble());
        Assert.NotEmpty(answer.GetProperty("curve").EnumerateArray());
    }

    [Fact]
    public async Task Propose_Apply_RollBack_EveryVerdictNamesItsVersion()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await DecidedStore.FillAsync(service.Database, 50);
        using Visitor admin = await Visitor.ProgramAsync(service, AccessRole.Admin);

        (_, JsonElement proposal) = await admin.AskAsync("POST", "/v1/calibration/proposals", """{"target": {"kind": "recall", "value": 0.98}}""");
        JsonElement severity = proposal.GetProperty("severity");
        Assert.Equal(0, proposal.GetProperty("basis").GetProperty("false_kept").GetDouble());
        (_, JsonElement test) = await admin.AskAsync("POST", "/v1/calibration/backtests", $$"""{"severity": {{severity.GetRawText()}}}""");
        Assert.Equal((50, 50), (test.GetProperty("lost").GetProperty("alerts").GetInt32(), test.GetProperty("lost").GetProperty("false").GetInt32()));
        Assert.Equal(1, test.GetProperty("true_kept").GetDouble());
        (HttpStatusCode applied, JsonElement version) = await admin.AskAsync(
            "POST", "/v1/calibration/apply", $$"""{"severity": {{severity.GetRawText()}}, "expected_version": 1, "basis": {{proposal.GetProperty("basis").GetRawText()}}, "reason": "fewer false alerts"}""");
        Assert.Equal((HttpStatusCode.OK, 2), (applied, version.GetProperty("configuration_version").GetInt32()));
        await WaitForVersionAsync(service, 2);
        (_, JsonElement shown) = await admin.AskAsync("GET", "/v1/calibration");
        JsonElement noted = shown.GetProperty("versions")[0];
        Assert.Equal((2, true, "fewer false alerts", 1), (noted.GetProperty("version").GetInt32(), noted.GetProperty("is_active").GetBoolean(), noted.GetProperty("reason").GetString(), noted.GetProperty("basis").GetProperty("replaces").GetInt32()));
        (HttpStatusCode stale, JsonElement conflict) = await admin.AskAsync("POST", "/v1/calibration/apply", $$"""{"severity": {{Severity}}, "expected_version": 1, "reason": "late"}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "expected_version"), (stale, conflict.GetProperty("field").GetString()));
        (_, JsonElement back) = await admin.AskAsync("POST", "/v1/calibration/rollback", """{"reason": "too quiet"}""");
        Assert.Equal(1, back.GetProperty("configuration_version").GetInt32());
        await WaitForVersionAsync(service, 1);
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM threshold_versions WHERE is_active"));
        Assert.Equal(2, await service.CountAsync("SELECT COUNT(*) FROM audit_log WHERE subject_type = 'configuration' AND action = 'activate' AND actor LIKE 'key:%'"));
    }

    [Fact]
    public async Task Propose_FewDecisions_ProposesNothingAndSaysWhy()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await DecidedStore.FillAsync(service.Database, 5);
        using Visitor analyst = await Visitor.ProgramAsync(service, AccessRole.Analyst);

        (HttpStatusCode status, JsonElement answer) = await analyst.AskAsync("POST", "/v1/calibration/proposals", "{}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((JsonValueKind.Null, "too_few_true"), (answer.GetProperty("severity").ValueKind, answer.GetProperty("refusal").GetString()));
        Assert.Contains("people have confirmed 5 alerts", answer.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Candidate_InShadow_IsComparedOnWhatComesLaterAndDecidesNothing()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor admin = await Visitor.ProgramAsync(service, AccessRole.Admin);
        await service.PostAsync("/v1/events", Posted.Event("before", amount: 60_000, account: "B1"));

        (HttpStatusCode status, JsonElement made) = await admin.AskAsync("POST", "/v1/calibration/candidates", $$"""{"severity": {{Severity}}, "reason": "try"}""");
        long id = made.GetProperty("id").GetInt64();
        await service.PostAsync("/v1/events", Posted.Event("after", amount: 60_000, account: "B2"));
        (_, JsonElement shown) = await admin.AskAsync("GET", "/v1/calibration");

        Assert.Equal(HttpStatusCode.Created, status);
        JsonElement result = Assert.Single(shown.GetProperty("candidates").EnumerateArray()).GetProperty("result");
        Assert.Equal((1, 1, 0), (result.GetProperty("events").GetInt32(), result.GetProperty("before").GetProperty("alerts").GetInt32(), result.GetProperty("after").GetProperty("alerts").GetInt32()));
        Assert.Equal(2, await service.CountAsync("SELECT COUNT(*) FROM anomaly_alerts"));
        (HttpStatusCode applied, _) = await admin.AskAsync("POST", "/v1/calibration/apply", $$"""{"candidate_id": {{id}}, "reason": "it was better"}""");
        Assert.Equal(HttpStatusCode.OK, applied);
        (HttpStatusCode gone, _) = await admin.AskAsync("POST", $"/v1/calibration/candidates/{id}/withdraw", """{"reason": "again"}""");
        Assert.Equal(HttpStatusCode.NotFound, gone);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM calibration_candidates WHERE outcome = 'applied'"));
    }

    [Theory]
    [InlineData("proposals", """{"domain": "' OR 1=1 --"}""", HttpStatusCode.NotFound, null)]
    [InlineData("proposals", """{"days": 0}""", HttpStatusCode.UnprocessableEntity, "days")]
    [InlineData("proposals", """{"days": "many"}""", HttpStatusCode.UnprocessableEntity, "days")]
    [InlineData("proposals", """{"target": {"kind": "magic"}}""", HttpStatusCode.UnprocessableEntity, "target.kind")]
    [InlineData("proposals", """{"target": {"value": 7}}""", HttpStatusCode.UnprocessableEntity, "target.value")]
    [InlineData("proposals", """{"goal": 1}""", HttpStatusCode.UnprocessableEntity, "goal")]
    [InlineData("proposals", "[", HttpStatusCode.UnprocessableEntity, "body")]
    [InlineData("backtests", "{}", HttpStatusCode.UnprocessableEntity, "severity")]
    [InlineData("backtests", """{"severity": {"flag": 2}}""", HttpStatusCode.UnprocessableEntity, "severity.flag")]
    [InlineData("backtests", """{"severity": {"weights": [{"code": "<script>", "weight": 1}]}}""", HttpStatusCode.UnprocessableEntity, "severity.weights[0].code")]
    [InlineData("apply", """{"severity": {"flag": 0.5}}""", HttpStatusCode.UnprocessableEntity, "reason")]
    [InlineData("apply", """{"candidate_id": 99, "reason": "x"}""", HttpStatusCode.NotFound, null)]
    [InlineData("rollback", """{"reason": "x"}""", HttpStatusCode.UnprocessableEntity, "version")]
    [InlineData("rollback", """{"version": 77, "reason": "x"}""", HttpStatusCode.UnprocessableEntity, "version")]
    [InlineData("candidates/x/withdraw", """{"reason": "x"}""", HttpStatusCode.NotFound, null)]
    public async Task Post_WhatCannotBe_NamesTheField(string path, string json, HttpStatusCode expected, string? field)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor admin = await Visitor.ProgramAsync(service, AccessRole.Admin);

        (HttpStatusCode status, JsonElement answer) = await admin.AskAsync("POST", "/v1/calibration/" + path, json);

        Assert.True(status == expected, answer.GetRawText());
        Assert.Equal(field, answer.TryGetProperty("field", out JsonElement named) ? named.GetString() : null);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM configuration_versions WHERE domain = 'transactions'"));
    }

    private static async Task WaitForVersionAsync(RunningService service, int version)
    {
        for (int i = 0; ; i++)
        {
            HttpAnswer answer = await service.PostAsync("/v1/events", Posted.Event($"probe-{version}-{i}", account: $"probe-{version}-{i}"));
            if (answer.Json.GetProperty("versions").GetProperty("configuration").GetInt32() == version) return;
        }
    }
}
