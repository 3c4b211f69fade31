using System.Net;
using System.Text.RegularExpressions;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Calibration;

public sealed partial class CalibrationPageTests(MariaDbFixture server)
{
    private const string Hostile = "<script>alert(1)</script>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_FromProposalToApplyAndBack_AreFormsThatWorkWithoutScript()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await DecidedStore.FillAsync(service.Database, 50, Hostile);
        using Visitor admin = await Visitor.SignedInAsync(service, "ada", AccessRole.Admin);

        string page = await TextAsync(await admin.GetAsync("/console/calibration"));
        Assert.Contains("Decided alerts by score", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        string proposal = await TextAsync(await admin.GetAsync("/console/calibration/proposal?target=recall&value=98&form=relevance"));
        Assert.Contains("true alerts kept", proposal, StringComparison.Ordinal);
        Assert.DoesNotContain(Hostile, page + proposal, StringComparison.Ordinal);
        string severity = WebUtility.HtmlDecode(Severity().Match(proposal).Groups[1].Value);
        using HttpResponseMessage applied = await admin.PostFormAsync(
            "/console/calibration/apply", ("page_token", admin.PageToken!), ("domain", "transactions"), ("expected_version", "1"), ("severity", severity), ("reason", Hostile));
        Assert.Equal(HttpStatusCode.SeeOther, applied.StatusCode);
        string after = await TextAsync(await admin.GetAsync(applied.Headers.Location!.OriginalString));
        Assert.Contains("Applied: configuration version 2 is in force.", after, StringComparison.Ordinal);
        Assert.DoesNotContain(Hostile, after, StringComparison.Ordinal);
        using HttpResponseMessage back = await admin.PostFormAsync("/console/calibration/rollback", ("page_token", admin.PageToken!), ("domain", "transactions"), ("reason", "back"));
        Assert.Contains("done=rolled_back&number=1", back.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proposal_FewDecisions_SaysWhyInThePersonsLanguage()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor analyst = await Visitor.SignedInAsync(service, "alan", AccessRole.Analyst);
        analyst.SendHeader("Accept-Language", "fr");

        string page = await TextAsync(await analyst.GetAsync("/console/calibration/proposal?target=recall&value=98"));

        Assert.Contains("Aucune proposition", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"severity\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackTest_ThresholdsOfOnesOwn_ShowsWhatTheyWouldDo()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await DecidedStore.FillAsync(service.Database, 50);
        using Visitor analyst = await Visitor.SignedInAsync(service, "alan", AccessRole.Analyst);

        string page = await TextAsync(await analyst.GetAsync("/console/calibration/backtest?flag=0.5&medium=0.5&high=0.65&critical=0.8&weight.night_activity=0"));

        Assert.Contains("100 stored events", page, StringComparison.Ordinal);
        Assert.Contains("medium to no alert: 50", page, StringComparison.Ordinal);
        Assert.Contains("An administrator can apply it.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("formaction", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewer_SeesTheTablesAndNoForms()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await DecidedStore.FillAsync(service.Database, 50);
        using Visitor viewer = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);

        string page = await TextAsync(await viewer.GetAsync("/console/calibration"));

        Assert.Contains("night_activity", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/console/calibration/proposal", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/console/calibration/rollback", page, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            string text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
            return text;
        }
    }

    [GeneratedRegex("name=\"severity\" value=\"([^\"]*)\"")]
    private static partial Regex Severity();
}
