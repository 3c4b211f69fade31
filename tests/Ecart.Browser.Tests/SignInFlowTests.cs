using Ecart.App.Tests.Serve;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Ecart.Browser.Tests;

/// <summary>The way in and out.</summary>
public sealed class SignInFlowTests(MariaDbFixture server, RealBrowser browser)
{
    private const string Chosen = "a password of some length";

    [Fact]
    public async Task Invitation_PasswordChosen_LeadsHomeAndIsGoodOnce()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await using Visit visit = await Visit.BeginAsync(browser, service.Address, new Look(Look.Narrow, true));
        string link = await Invitation.MakeAsync(service, "grace");

        await visit.GoAsync(link);
        await visit.Page.Keyboard.TypeAsync(Chosen);
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync("another password");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await visit.AssertSoundAsync();
        await visit.Page.Locator("#password").FillAsync(Chosen);
        await visit.Page.Locator("#again").FillAsync(Chosen);
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.WaitForURLAsync("**/console/home");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("grace");
        await visit.AssertSoundAsync();
        await visit.GoAsync(link, 404);
        await visit.AssertSoundAsync();
    }

    [Fact]
    public async Task SignIn_WrongThenRight_SaysWhatIsWrongAndGoesWhereItWasAsked()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await Visitor.AddUserAsync(service, "ada", AccessRole.Viewer);
        await using Visit visit = await Visit.BeginAsync(browser, service.Address, Look.Desk);

        await visit.GoAsync("/console/home");
        Assert.Contains("/console/sign-in", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.Locator("#name").FillAsync("\"><script>alert(1)</script>");
        await visit.Page.Locator("#password").FillAsync("wrong");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await visit.AssertSoundAsync();
        await visit.Page.Locator("#name").FillAsync("ada");
        await visit.Page.Locator("#password").FillAsync(Visitor.Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/console/home");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/console/sign-in");
        await visit.GoAsync("/console/home");
        Assert.Contains("/console/sign-in", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_Chosen_StaysAndComesBack()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await using Visit visit = await Visit.BeginAsync(browser, service.Address, Look.Desk);
        ILocator title = visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await visit.GoAsync("/console/sign-in");
        string english = await title.InnerTextAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Français" }).ClickAsync();
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await visit.AssertSoundAsync();
        await visit.GoAsync("/console/sign-in");
        Assert.NotEqual(english, await title.InnerTextAsync());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(title).ToHaveTextAsync(english);
    }

    [Fact]
    public async Task Skip_ByKeyboard_LeadsToTheContent()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ada = await Visitor.SignedInAsync(service, "ada", AccessRole.Admin);
        await using Visit visit = await Visit.BeginAsync(browser, service.Address, Look.Desk, ada.Session);
        await visit.GoAsync("/console/home");

        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.Locator(".skip")).ToBeInViewportAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page.Locator("main")).ToBeFocusedAsync();
    }
}
