using System.Net;
using System.Text.Json;
using Ecart.App.Domains;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Configuration;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Metrics;

public sealed class MetricsEndpointsTests(MariaDbFixture server)
{
    [Fact]
    public async Task Daily_StoredEvents_AreCountedOnceHoweverOftenItIsAsked()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync("/v1/events", Posted.List(Enumerable.Range(0, 30).Select(i => Posted.Event($"E{i}", account: $"A{i}"))));
        await service.PostAsync("/v1/events", Posted.Event("big", amount: 60_000, account: "big"));
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);

        await WaitAsync(viewer);
        (HttpStatusCode status, JsonElement answer) = await viewer.AskAsync("GET", "/v1/metrics/daily?domain=transactions&days=30");

        Assert.Equal(HttpStatusCode.OK, status);
        JsonElement day = Assert.Single(answer.GetProperty("days").EnumerateArray());
        Assert.Equal(("2026-03-01", 31, 1, 1), (day.GetProperty("day").GetString(), day.GetProperty("volume").GetInt32(), day.GetProperty("anomalies").GetInt32(), day.GetProperty("alerts").GetInt32()));
        Assert.Equal(0.5, day.GetProperty("mean_flagged_score").GetDouble(), 6);
        Assert.Equal(1, day.GetProperty("without_profile").GetDouble());
        Assert.Equal(JsonValueKind.Null, day.GetProperty("alert_precision").ValueKind);
        Assert.True(answer.GetProperty("is_complete").GetBoolean());
    }

    [Fact]
    public async Task Health_TwoDays_TellsDriftOfScoresAndInputs()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync("/v1/events", Posted.List(Enumerable.Range(0, 40).Select(i => Posted.Event($"E{i}", account: $"A{i}"))));
        await service.PostAsync("/v1/events", Posted.List(Enumerable.Range(0, 40).Select(i => Posted.Event($"F{i}", amount: 60_000, account: $"B{i}").Replace("2026-03-01", "2026-03-02", StringComparison.Ordinal))));
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);

        JsonElement answer;
        do (_, answer) = await viewer.AskAsync("GET", "/v1/metrics/health?domain=transactions");
        while (answer.GetProperty("input_drift").GetArrayLength() == 0 || !answer.GetProperty("is_complete").GetBoolean());

        JsonElement most = answer.GetProperty("input_drift")[0];
        Assert.True(most.GetProperty("stability_index").GetDouble() > 0.25);
        Assert.Equal("2026-03-02", most.GetProperty("newest_day").GetString());
        Assert.True(answer.GetProperty("score_drift").GetProperty("stability_index").GetDouble() > 0.25);
        Assert.Equal((40, 40), (answer.GetProperty("score_drift").GetProperty("newest_events").GetInt32(), answer.GetProperty("score_drift").GetProperty("events_before").GetInt32()));
    }

    [Theory]
    [InlineData("domain=nothing", HttpStatusCode.NotFound, null)]
    [InlineData("domain=%27%3BDROP", HttpStatusCode.NotFound, null)]
    [InlineData("days=-1", HttpStatusCode.UnprocessableEntity, "days")]
    [InlineData("days=100000", HttpStatusCode.UnprocessableEntity, "days")]
    [InlineData("days=x", HttpStatusCode.UnprocessableEntity, "days")]
    public async Task Get_WhatCannotBe_NamesTheField(string query, HttpStatusCode expected, string? field)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor viewer = await Visitor.ProgramAsync(service, AccessRole.Viewer);

        foreach (string path in new[] { "/v1/metrics/daily", "/v1/metrics/health" })
        {
            (HttpStatusCode status, JsonElement answer) = await viewer.AskAsync("GET", $"{path}?{query}");
            Assert.Equal((expected, field), (status, answer.TryGetProperty("field", out JsonElement named) ? named.GetString() : null));
        }
    }

    [Fact]
    public async Task Page_EveryLanguage_ShowsPlotsAndTable()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync("/v1/events", Posted.List(Enumerable.Range(0, 30).Select(i => Posted.Event($"E{i}", account: $"A{i}"))));
        using Visitor viewer = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);
        await WaitAsync(viewer);

        using HttpResponseMessage english = await viewer.GetAsync("/console/metrics?domain=transactions");
        string page = await english.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, english.StatusCode);
        Assert.Contains("30 events on 1 days.", page, StringComparison.Ordinal);
        Assert.Contains("role=\"img\"", page, StringComparison.Ordinal);
        await new ConfigurationStore(service.Database).EnsureDefaultAsync("network", new NetworkDomain().Read("{}").Text, TestContext.Current.CancellationToken);
        viewer.SendHeader("Accept-Language", "fr");
        using HttpResponseMessage french = await viewer.GetAsync("/console/metrics?domain=network");
        Assert.Contains("Aucun événement de ce domaine", await french.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>On a busy machine the totals may be behind at first.</summary>
    private static async Task WaitAsync(Visitor viewer)
    {
        while (!(await viewer.AskAsync("GET", "/v1/metrics/daily")).Json.GetProperty("is_complete").GetBoolean()) await Task.Yield();
    }
}
