using System.Net;
using Ecart.App.Serve.Access;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Alerts;

public sealed class AlertPageTests(MariaDbFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_InTheReadersLanguage_ShowsOpenAlertsAndWhatCanBeDone()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await AlertStoreRows.AddAsync(service.Database, 5);
        using Visitor analyst = await Visitor.SignedInAsync(service, "ada", AccessRole.Analyst);
        using Visitor viewer = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);

        string english = await PageAsync(analyst, "/console/alerts");
        string french = await PageAsync(analyst, "/console/alerts?status=all&sort=severity", ("Accept-Language", "fr"));
        string viewers = await PageAsync(viewer, "/console/alerts");
        string home = await PageAsync(analyst, "/console/home");

        Assert.Contains("12 earlier transactions shortly before, where 0.50 are expected", english, StringComparison.Ordinal);
        Assert.Equal(3, Count(english, "data-alert="));
        Assert.Contains("12 opérations peu avant, là où 0,50 sont attendues", Plain(french), StringComparison.Ordinal);
        Assert.Equal(5, Count(french, "data-alert="));
        Assert.Contains("value=\"set_status:confirmed_fraud\"", english, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"set_status:confirmed_fraud\"", viewers, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"alert\"", viewers, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", english + french, StringComparison.Ordinal);
        Assert.Contains("/console/alerts?status=new\">new <strong>2</strong>", home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ScriptInEveryField_IsShownAsText()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        const string Script = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        await AlertStoreRows.AddAsync(service.Database, 1);
        await AlertStoreRows.ExecuteAsync(
            service.Database,
            $$"""UPDATE anomaly_alerts SET entity_id = '{{Script.Replace("'", "''", StringComparison.Ordinal)}}', assigned_to = '<script>x', notes = '<script>y', explanation = '{"reason":[{"type":"<script>","score":1,"detail":"<script>z</script>"}]}'""");
        using Visitor analyst = await Visitor.SignedInAsync(service, "ada", AccessRole.Analyst);

        string list = await PageAsync(analyst, "/console/alerts?text=" + Uri.EscapeDataString("<script>") + "&cursor=" + Uri.EscapeDataString(Script), null, HttpStatusCode.UnprocessableEntity);
        string filtered = await PageAsync(analyst, "/console/alerts?told=" + Uri.EscapeDataString("<script>") + "&entity_type=account&text=" + Uri.EscapeDataString("<script>"));
        string one = await PageAsync(analyst, "/console/alerts/1");

        foreach (string page in new[] { list, filtered, one })
        {
            string body = page[page.IndexOf("<body>", StringComparison.Ordinal)..];
            Assert.DoesNotContain("<script", body, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", body, StringComparison.Ordinal);
        }

        Assert.Contains("&lt;script&gt;z", one, StringComparison.Ordinal);
        Assert.Equal(1, Count(filtered, "data-alert="));
    }

    [Fact]
    public async Task Show_AlertOfAStoredEvent_HasPlotsComparisonAndLinks()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        for (int i = 0; i < 15; i++) await service.PostAsync("/v1/events", Posted.Event($"N{i}", amount: 10 + i, minute: i));
        await service.PostAsync("/v1/events", Posted.Event("E1", amount: 60_000, minute: 30));
        using Visitor analyst = await Visitor.SignedInAsync(service, "ada", AccessRole.Analyst);

        string page = await PageAsync(analyst, "/console/alerts/1");

        Assert.Contains("The amount of 60,000.00 is even above 50,000.", page, StringComparison.Ordinal);
        Assert.Equal(3, Count(page, "<svg"));
        Assert.Equal(3, Count(page, "role=\"img\" aria-label="));
        Assert.Contains("<text class=\"label\"", page, StringComparison.Ordinal);
        Assert.Equal(5, Count(page, "normal, distance"));
        Assert.Contains("/console/exceptions/new?alert=1", page, StringComparison.Ordinal);
        Assert.Contains("/console/entities/transactions/account/A1", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Act_BySelection_IsDoneAndToldOnThePageItCameFrom()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync("/v1/events", Posted.Event("E1", amount: 60_000));
        await service.PostAsync("/v1/events", Posted.Event("E2", amount: 61_000, minute: 1));
        using Visitor analyst = await Visitor.SignedInAsync(service, "ada", AccessRole.Analyst);

        using HttpResponseMessage acted = await analyst.PostFormAsync(
            "/console/alerts/actions", (AccessGate.TokenField, analyst.PageToken!), ("return", "/console/alerts?status=all&told=old"), ("alert", "1:1"), ("alert", "2:1"),
            ("alert", "x"), ("do", "set_status:confirmed_fraud"), ("note", ""));
        string page = await PageAsync(analyst, acted.Headers.Location!.OriginalString);
        using HttpResponseMessage late = await analyst.PostFormAsync(
            "/console/alerts/actions", (AccessGate.TokenField, analyst.PageToken!), ("return", "https://elsewhere.example/"), ("alert", "1:1"), ("do", "set_status:resolved"));
        using HttpResponseMessage none = await analyst.PostFormAsync(
            "/console/alerts/actions", (AccessGate.TokenField, analyst.PageToken!), ("return", "//elsewhere.example/"), ("do", "take"));
        using HttpResponseMessage forged = await analyst.PostFormAsync("/console/alerts/actions", ("return", "/console/alerts"), ("alert", "1:2"), ("do", "take"));

        Assert.Equal(HttpStatusCode.SeeOther, acted.StatusCode);
        Assert.Contains("Done: 2.", page, StringComparison.Ordinal);
        Assert.Equal("/console/alerts?told=done&done=0&left=1&waiting=0", late.Headers.Location!.OriginalString);
        Assert.StartsWith("/console/alerts?told=none", none.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Equal(2, await service.CountAsync("SELECT COUNT(*) FROM event_labels WHERE is_fraud"));
    }

    [Fact]
    public async Task Show_NoSuchAlert_SaysSo()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor viewer = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);

        Assert.Contains("There is no such alert", await PageAsync(viewer, "/console/alerts/7", null, HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("There is no such alert", await PageAsync(viewer, "/console/alerts/%3Cscript%3E", null, HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(Visitor visitor, string path, (string Name, string Value)? header = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpResponseMessage answer = header is { } sent ? await visitor.SendAsync("GET", path, null, sent) : await visitor.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    /// <summary>Pages write letters beyond ASCII as entities.</summary>
    private static string Plain(string page) => WebUtility.HtmlDecode(page);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
