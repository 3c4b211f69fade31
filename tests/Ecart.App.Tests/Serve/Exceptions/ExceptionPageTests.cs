using System.Net;
using Ecart.App.Serve.Access;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Exceptions;

/// <summary>Exceptions by the pages of the console.</summary>
public sealed class ExceptionPageTests(MariaDbFixture server)
{
    private const string Pages = "/console/exceptions";
    private const string Script = "<script>alert(1)</script>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_FromAnAlert_IsFilledInAndPutInForceByOneForm()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ana = await Visitor.SignedInAsync(service, "ana", AccessRole.Analyst);
        long alert = await ExceptionApiTests.RaiseAsync(service, "E1");

        string form = await PageAsync(ana, $"{Pages}/new?alert={alert}");
        using HttpResponseMessage saved = await PostAsync(ana, $"{Pages}/new", [
            ("alert_id", $"{alert}"), ("domain", "transactions"), ("what", "pattern"), ("entity_type", "account"), ("entity_id", "A1"), ("event_uid", "E1"),
            ("radius", "0,25"), ("days", "7"), ("reason", "A house."), ("act", "save")]);
        string page = await PageAsync(ana, saved.Headers.Location!.OriginalString);
        string list = await PageAsync(ana, $"{Pages}?state=active");

        Assert.Contains("value=\"E1\"", form, StringComparison.Ordinal);
        Assert.Contains("value=\"A1\"", form, StringComparison.Ordinal);
        Assert.Contains("What it would have silenced in 30 days", form, StringComparison.Ordinal);
        Assert.Contains("Alerts: 1. Entities: 1.", form, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Contains("The exception is made.", page, StringComparison.Ordinal);
        Assert.Contains("within 0.250 of a pattern", page, StringComparison.Ordinal);
        Assert.Contains("A house.", list, StringComparison.Ordinal);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM exception_patterns WHERE radius = 0.25"));
    }

    [Fact]
    public async Task Form_PreviewThatHidesFrauds_WarnsAndStoresNothing()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ana = await Visitor.SignedInAsync(service, "ana", AccessRole.Analyst);
        await ExceptionApiTests.RaiseAsync(service, "E1");
        await service.PostAsync("/v1/labels", Posted.Label("E1", true));

        using HttpResponseMessage preview = await PostAsync(ana, $"{Pages}/new", [
            ("domain", "transactions"), ("what", "entity"), ("entity_type", "account"), ("entity_id", "A1"), ("act", "preview")]);

        string text = await preview.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("It would have hidden confirmed frauds: 1.", text, StringComparison.Ordinal);
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM anomaly_exceptions"));
    }

    [Theory]
    [InlineData("rule", "rule", "amount > and", "wrong at character")]
    [InlineData("pattern", "radius", "wide", "no number")]
    [InlineData("pattern", "radius", "-1", "must be above 0")]
    [InlineData("entity", "days", "many", "no number")]
    [InlineData("entity", "reason", "", "Say why")]
    public async Task Form_WrongField_IsShownAgainWithWhatWasWritten(string what, string field, string value, string expected)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ana = await Visitor.SignedInAsync(service, "ana", AccessRole.Analyst);
        await ExceptionApiTests.RaiseAsync(service, "E1");
        var fields = new Dictionary<string, string>
        {
            ["domain"] = "transactions", ["what"] = what, ["entity_type"] = "account", ["entity_id"] = "A1", ["event_uid"] = "E1", ["rule"] = "amount > 1",
            ["reason"] = "Kept " + Script, ["act"] = "save", [field] = value,
        };

        using HttpResponseMessage answer = await PostAsync(ana, $"{Pages}/new", [.. fields.Select(pair => (pair.Key, pair.Value))]);

        string text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        if (field != "reason") Assert.Contains("Kept &lt;script&gt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Script, text, StringComparison.Ordinal);
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM anomaly_exceptions"));
    }

    [Fact]
    public async Task Pages_ApprovalAndRevocation_SayWhatWasDone()
    {
        await using RunningService service = await RunningService.StartAsync(server, options => options.Console.ExceptionsNeedApproval = true);
        using Visitor ana = await Visitor.SignedInAsync(service, "ana", AccessRole.Analyst);
        using Visitor bob = await Visitor.SignedInAsync(service, "bob", AccessRole.Analyst);
        using HttpResponseMessage proposed = await PostAsync(ana, $"{Pages}/new", [
            ("domain", "transactions"), ("what", "entity"), ("entity_type", "account"), ("entity_id", Script), ("reason", Script), ("act", "save")]);
        string path = proposed.Headers.Location!.OriginalString.Split('?')[0];

        string waiting = await PageAsync(ana, proposed.Headers.Location.OriginalString);
        using HttpResponseMessage own = await PostAsync(ana, path + "/approve", []);
        using HttpResponseMessage second = await PostAsync(bob, path + "/approve", []);
        using HttpResponseMessage silent = await PostAsync(bob, path + "/revoke", []);
        using HttpResponseMessage revoked = await PostAsync(bob, path + "/revoke", [("reason", "Over")]);
        string end = await PageAsync(bob, revoked.Headers.Location!.OriginalString);

        Assert.Contains("waits for the approval", waiting, StringComparison.Ordinal);
        Assert.DoesNotContain(Script, waiting, StringComparison.Ordinal);
        Assert.EndsWith("?done=same_person", own.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.EndsWith("?done=approved", second.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.EndsWith("?done=no_reason", silent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("The exception is revoked.", end, StringComparison.Ordinal);
        Assert.Contains("bob, ", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_HostileRequests_ShowNothingTheyShouldNot()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ana = await Visitor.SignedInAsync(service, "ana", AccessRole.Analyst);
        using Visitor vera = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);
        string script = Uri.EscapeDataString("\">" + Script);

        string list = await PageAsync(ana, $"{Pages}?text={script}&entity_id={script}&domain={script}&state={script}&cursor={script}");
        using HttpResponseMessage alert = await ana.GetAsync($"{Pages}/new?alert={script}");
        string form = await PageAsync(ana, $"{Pages}/new?domain={script}&entity_type={script}&entity_id={script}");
        using HttpResponseMessage missing = await ana.GetAsync($"{Pages}/12345");
        using HttpResponseMessage withoutToken = await ana.PostFormAsync($"{Pages}/new", ("act", "save"));
        using HttpResponseMessage viewers = await vera.PostFormAsync($"{Pages}/1/revoke", (AccessGate.TokenField, vera.PageToken!), ("reason", "r"));

        Assert.DoesNotContain(Script, list + form + await alert.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden],
            new[] { alert.StatusCode, missing.StatusCode, withoutToken.StatusCode, viewers.StatusCode });
    }

    private static async Task<string> PageAsync(Visitor visitor, string path)
    {
        using HttpResponseMessage answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static Task<HttpResponseMessage> PostAsync(Visitor visitor, string path, (string Name, string Value)[] fields) =>
        visitor.PostFormAsync(path, [.. fields, (AccessGate.TokenField, visitor.PageToken!)]);
}
