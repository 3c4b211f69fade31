using System.Text.RegularExpressions;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Ecart.Browser.Tests;

/// <summary>A day of an analyst, by what the pages offer alone.</summary>
public sealed partial class AnalystFlowTests(MariaDbFixture server, RealBrowser browser, SharedConsole shared) : IClassFixture<SharedConsole>
{
    private const string Hostile = "Called: <img src=x onerror=alert(1)> \"not hers\"";
    private const string FirstAlert = "table td a[href^='/console/alerts/']";

    [Theory]
    [InlineData(Look.Wide, false, "en")]
    [InlineData(Look.Narrow, true, "fr")]
    public async Task Analyst_FromTheFirstAlert_ToVerdictExceptionAndNewThreshold(int width, bool isDark, string language)
    {
        StockedConsole console = await shared.OpenAsync(server);
        string name = $"ada-{language}";
        await Visitor.AddUserAsync(console.Service, name, AccessRole.Admin);
        await using Visit visit = await Visit.BeginAsync(browser, console.Service.Address, new Look(width, isDark, language));
        await visit.SignInAsync(name, Visitor.Password);
        await visit.Page.WaitForURLAsync("**/console/home");

        string alert = await DecideAsync(visit, name);
        Assert.Equal("confirmed_fraud", await console.TextAsync($"SELECT status FROM anomaly_alerts WHERE alert_id = {alert}"));
        string exception = await ExceptAsync(visit);
        Assert.Equal(name, await console.TextAsync($"SELECT created_by FROM anomaly_exceptions WHERE exception_id = {exception}"));
        await CalibrateAsync(visit);
        Assert.Contains(name, await console.TextAsync("SELECT created_by FROM configuration_versions ORDER BY version DESC LIMIT 1"), StringComparison.Ordinal);
        await visit.AssertSoundAsync();
    }

    [Fact]
    public async Task Alerts_ByKeyboard_AreSelectedTakenAndDecided()
    {
        StockedConsole console = await shared.OpenAsync(server);
        await using Visit visit = await Visit.BeginAsync(browser, console.Service.Address, Look.Desk, console.Session);
        await visit.GoAsync("/console/alerts");
        ILocator rows = visit.Page.Locator("tr[data-alert]");
        string first = (await rows.Nth(0).GetAttributeAsync("data-alert"))!;
        string second = (await rows.Nth(1).GetAttributeAsync("data-alert"))!;

        await visit.Page.Keyboard.PressAsync("j");
        await visit.Page.Keyboard.PressAsync("x");
        await visit.Page.Keyboard.PressAsync("j");
        await visit.Page.Keyboard.PressAsync("x");
        await visit.Page.Keyboard.PressAsync("t");

        await Expect(visit.Page.Locator(".told[role=status]:visible").First).ToBeVisibleAsync();
        await visit.AssertSoundAsync();
        foreach (string alert in (string[])[first, second])
            Assert.Equal("ada", await console.TextAsync($"SELECT assigned_to FROM anomaly_alerts WHERE alert_id = {alert}"));

        await visit.Page.Keyboard.PressAsync("?");
        await Expect(visit.Page.Locator("dialog")).ToBeVisibleAsync();
        await visit.AssertSoundAsync();
    }

    [Fact]
    public async Task Alerts_NewOneComesIn_ThePageSaysSo()
    {
        StockedConsole console = await shared.OpenAsync(server);
        await using Visit visit = await Visit.BeginAsync(browser, console.Service.Address, Look.Desk, console.Session);
        await visit.GoAsync("/console/alerts");

        await console.RaiseAlertAsync();

        await Expect(visit.Page.Locator("#live")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await visit.AssertSoundAsync();
    }

    [Theory]
    [InlineData("/console/alerts?text=%3Cscript%3Ealert(1)%3C/script%3E&entity_id=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E")]
    [InlineData("/console/entities?prefix=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/console/exceptions?text='%20OR%201=1%20--%20%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task Filter_MarkupAndSql_IsTextOnly(string path)
    {
        StockedConsole console = await shared.OpenAsync(server);
        await using Visit visit = await Visit.BeginAsync(browser, console.Service.Address, Look.Desk, console.Session);

        await visit.GoAsync(path);

        await visit.AssertSoundAsync();
    }

    /// <summary>The first alert that is nobody's work yet.</summary>
    private static async Task OpenFirstAlertAsync(Visit visit)
    {
        await visit.Page.Locator("nav a[href='/console/alerts']").ClickAsync();
        await visit.Page.Locator("#assigned_to").SelectOptionAsync("none");
        await visit.Page.Locator("form.filters button.primary").ClickAsync();
        await visit.Page.WaitForURLAsync("**/console/alerts?*");
        await visit.Page.Locator(FirstAlert).First.ClickAsync();
    }

    /// <summary>Takes the first alert and confirms it, with a word about it.</summary>
    private static async Task<string> DecideAsync(Visit visit, string name)
    {
        await OpenFirstAlertAsync(visit);
        await visit.Page.WaitForURLAsync(AlertAddress());
        string alert = AlertAddress().Match(visit.Page.Url).Groups[1].Value;
        await visit.Page.Locator("button[value='take']").ClickAsync();
        await Expect(visit.Page.Locator(".told")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("ol.history")).ToContainTextAsync(name);
        await visit.Page.Locator("#note").FillAsync(Hostile);
        await visit.Page.Locator("button[value='set_status:confirmed_fraud']").ClickAsync();
        await Expect(visit.Page.Locator("ol.history")).ToContainTextAsync(Hostile);
        await visit.AssertSoundAsync();
        return alert;
    }

    /// <summary>Makes an exception from the next alert, after a look at what it would have silenced.</summary>
    private static async Task<string> ExceptAsync(Visit visit)
    {
        await OpenFirstAlertAsync(visit);
        await visit.Page.Locator("a[href^='/console/exceptions/new']").ClickAsync();
        await visit.Page.Locator("#reason").FillAsync(Hostile);
        await visit.Page.Locator("button[value=preview]").ClickAsync();
        await Expect(visit.Page.Locator("#preview")).ToBeVisibleAsync();
        await visit.AssertSoundAsync();
        await visit.Page.Locator("button[value=save]").ClickAsync();
        await visit.Page.WaitForURLAsync(ExceptionAddress());
        await Expect(visit.Page.Locator("main")).ToContainTextAsync(Hostile);
        await visit.AssertSoundAsync();
        return ExceptionAddress().Match(visit.Page.Url).Groups[1].Value;
    }

    /// <summary>Looks at a proposal, then tries a threshold of one's own and applies it.</summary>
    private static async Task CalibrateAsync(Visit visit)
    {
        await visit.Page.Locator("nav a[href='/console/calibration']").ClickAsync();
        await visit.Page.Locator("form[action$='/proposal'] button").ClickAsync();
        await visit.AssertSoundAsync();
        await visit.GoAsync("/console/calibration");
        await visit.Page.Locator("details:has(#flag) > summary").ClickAsync();
        double flag = await visit.Page.EvaluateAsync<double>("() => document.getElementById('flag').valueAsNumber");
        await visit.Page.Locator("#flag").FillAsync((flag + 0.01).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture));
        await visit.Page.Locator("form[action$='/backtest'] button").ClickAsync();
        await Expect(visit.Page.Locator("#backtest")).ToBeVisibleAsync();
        await visit.AssertSoundAsync();
        await visit.Page.Locator("#reason").FillAsync(Hostile);
        await visit.Page.Locator("button[formaction$='/apply']").ClickAsync();
        await Expect(visit.Page.Locator(".done")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"/console/alerts/(\d+)")]
    private static partial Regex AlertAddress();

    [GeneratedRegex(@"/console/exceptions/(\d+)")]
    private static partial Regex ExceptionAddress();
}
