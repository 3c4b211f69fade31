using Ecart.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace Ecart.Browser.Tests;

/// <summary>Every page, as it is seen on a desk and on a telephone, by day and by night.</summary>
public sealed class ConsolePageTests(MariaDbFixture server, RealBrowser browser, SharedConsole shared) : IClassFixture<SharedConsole>
{
    private const int HighestPicture = 1200;
    private static readonly string Pictures = Path.Combine(RepositoryRoot.Path, "docs", "screenshots");

    public static TheoryData<string> Pages => [.. ConsolePage.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_AtEveryWidthInLightAndDark_IsSound(string name)
    {
        StockedConsole console = await shared.OpenAsync(server);
        foreach (Look look in Look.All)
        {
            await using Visit visit = await OpenAsync(console, name, look);
            await visit.AssertSoundAsync();
            await TakePictureAsync(visit, name);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_InFrench_IsSoundAndSaysSo(string name)
    {
        StockedConsole console = await shared.OpenAsync(server);
        await using Visit visit = await OpenAsync(console, name, new Look(Look.Narrow, false, "fr"));

        await visit.AssertSoundAsync();
        Assert.Equal("fr", await visit.Page.Locator("html").GetAttributeAsync("lang"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_ByKeyboard_EverythingIsReachedAndShowsIt(string name)
    {
        StockedConsole console = await shared.OpenAsync(server);
        await using Visit visit = await OpenAsync(console, name, Look.Desk);

        Assert.Empty(await visit.FindUnreachableAsync());
    }

    private async Task<Visit> OpenAsync(StockedConsole console, string name, Look look)
    {
        ConsolePage page = ConsolePage.All.Single(page => page.Name == name);
        Visit visit = await Visit.BeginAsync(browser, console.Service.Address, look, page.IsOpen ? null : console.Session);
        await visit.GoAsync(await page.FindPathAsync(console, visit));
        return visit;
    }

    /// <summary>By ECART_SCREENSHOTS=1: a desk by day, a telephone by night.</summary>
    private static async Task TakePictureAsync(Visit visit, string name)
    {
        if (Environment.GetEnvironmentVariable("ECART_SCREENSHOTS") != "1" || visit.Look.IsDark != (visit.Look.Width == Look.Narrow)) return;
        int height = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        await visit.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Pictures, $"{name.Replace('/', '-')}{(visit.Look.IsDark ? "-narrow-dark" : "")}.png"),
            FullPage = true,
            Clip = new Clip { Width = visit.Look.Width, Height = Math.Min(height, HighestPicture) },
        });
    }
}
