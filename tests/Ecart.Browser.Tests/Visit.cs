using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Ecart.App.Serve.Access;
using Microsoft.Playwright;
using Xunit;

namespace Ecart.Browser.Tests;

/// <summary>A person at the console: a window of its own, and everything that goes wrong in it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private const int Height = 900;
    private readonly IBrowserContext context;
    private readonly List<string> faults = [];

    private Visit(IBrowserContext context, IPage page, Look look)
    {
        this.context = context;
        Page = page;
        Look = look;
        page.Console += (_, message) =>
        {
            // A page that is answered by an error is told so by the console as well: the status is the test's to check.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal))
                faults.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => faults.Add($"script: {error}");
        page.Dialog += (_, dialog) =>
        {
            faults.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400 && answer.Request.ResourceType != "document") faults.Add($"{answer.Status} {answer.Url}");
        };
    }

    /// <summary>The window.</summary>
    public IPage Page { get; }

    /// <summary>How it is looked at.</summary>
    public Look Look { get; }

    /// <summary>Opens a window.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="address">The service.</param>
    /// <param name="look">How it is looked at.</param>
    /// <param name="session">A session that runs already; null for a stranger.</param>
    public static async Task<Visit> BeginAsync(RealBrowser browser, Uri address, Look look, string? session = null)
    {
        IBrowserContext context = await (await browser.OpenAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = look.Width, Height = Height },
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = look.Language,
            ReducedMotion = ReducedMotion.Reduce,
        });
        if (session is not null) await context.AddCookiesAsync([new Cookie { Name = SessionCookie.Name, Value = session, Url = address.ToString() }]);
        return new Visit(context, await context.NewPageAsync(), look);
    }

    /// <summary>Goes to a page, which must answer with a status.</summary>
    public async Task GoAsync(string path, int status = 200)
    {
        IResponse? answer = await Page.GotoAsync(path);
        Assert.Equal(status, answer!.Status);
    }

    /// <summary>Signs in by the page.</summary>
    public async Task SignInAsync(string name, string password)
    {
        await GoAsync("/console/sign-in");
        await Page.Locator("#name").FillAsync(name);
        await Page.Locator("#password").FillAsync(password);
        await Page.Locator("button.primary").ClickAsync();
    }

    /// <summary>Fails when something went wrong, when the page is wider than the window, or when it shuts somebody out.</summary>
    public async Task AssertSoundAsync()
    {
        Assert.True(faults.Count == 0, $"{Page.Url} as {Look}:\n{string.Join('\n', faults)}");
        string wide = await Page.EvaluateAsync<string>(
            """
            () => {
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return "";
                return [...document.querySelectorAll("body *")].filter(part => part.getBoundingClientRect().right > width + 1)
                    .map(part => part.tagName + "." + part.className).slice(0, 8).join(", ") || "something";
            }
            """);
        Assert.True(wide.Length == 0, $"{Page.Url} as {Look} is wider than the window: {wide}");
        AxeResult result = await Page.RunAxe();
        string[] grave = [.. result.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(Describe)];
        Assert.True(grave.Length == 0, $"{Page.Url} as {Look}:\n{string.Join('\n', grave)}");
    }

    /// <summary>Goes through the page by the tabulator alone.</summary>
    /// <returns>What can be used by a mouse and not by the keyboard, or does not show that the keyboard is on it.</returns>
    public async Task<IReadOnlyList<string>> FindUnreachableAsync()
    {
        const string Mark = "() => { document.activeElement?.blur(); window.scrollTo(0, 0); }";
        await Page.EvaluateAsync(Mark);
        int count = await Page.EvaluateAsync<int>(
            """
            () => {
                const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
                    .filter(part => !part.disabled && part.checkVisibility({ visibilityProperty: true }) && !(part.type === "radio" && !part.checked));
                window.unreached = new Set(all);
                // The parts of a date are stops of their own.
                return all.length + 8 * all.filter(part => /^(date|time|month|week)/.test(part.type ?? "")).length;
            }
            """);
        var unseen = new List<string>();
        for (int i = 0; i < count + 2; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            string fault = await Page.EvaluateAsync<string>(
                """
                () => {
                    const part = document.activeElement;
                    window.unreached.delete(part);
                    if (!part || part === document.body) return "";
                    const style = getComputedStyle(part);
                    const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
                    return shown ? "" : "no sign of the keyboard on " + part.outerHTML.slice(0, 120);
                }
                """);
            if (fault.Length > 0) unseen.Add(fault);
        }

        string[] unreached = await Page.EvaluateAsync<string[]>("() => [...window.unreached].map(part => 'not reached: ' + part.outerHTML.slice(0, 120))");
        return [.. unseen, .. unreached];
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static string Describe(AxeResultItem violation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{violation.Impact} {violation.Id}: {violation.Help}\n{string.Join('\n', violation.Nodes.Take(5).Select(node => "    " + node.Html))}");
}
