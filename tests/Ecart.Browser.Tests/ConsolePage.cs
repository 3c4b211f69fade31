using Ecart.App.Serve.Pages;

namespace Ecart.Browser.Tests;

/// <summary>A page of the console.</summary>
/// <param name="Name">Its name among the screenshots.</param>
/// <param name="FindPathAsync">Tells where it is.</param>
/// <param name="IsOpen">Whether strangers see it.</param>
internal sealed record ConsolePage(string Name, Func<StockedConsole, Visit, Task<string>> FindPathAsync, bool IsOpen = false)
{
    /// <summary>All of them: the first page of every section by itself, the others a line each.</summary>
    public static IReadOnlyList<ConsolePage> All { get; } =
    [
        At("sign-in", "/console/sign-in") with { IsOpen = true },
        new("invitation", (console, _) => console.InviteAsync(), IsOpen: true),
        .. ConsoleSection.All.Select(section => At(section.Path["/console/".Length..], section.Path)),
        Behind("alert", "/console/alerts", "table a[href^='/console/alerts/']"),
        At("alerts-none", "/console/alerts?text=nothing+is+like+this"),
        Behind("entity", "/console/alerts", "table a[href^='/console/entities/']"),
        Behind("exception-new", "/console/alerts", "table a[href^='/console/alerts/']", "a[href^='/console/exceptions/new']"),
        At("calibration-proposal", "/console/calibration/proposal?target=recall&value=98&form=relevance"),
    ];

    private static ConsolePage At(string name, string path) => new(name, (_, _) => Task.FromResult(path));

    /// <summary>The page that is reached from another by the first link of each kind.</summary>
    private static ConsolePage Behind(string name, string path, params string[] links) => new(name, async (_, visit) =>
    {
        string reached = path;
        foreach (string link in links)
        {
            await visit.GoAsync(reached);
            reached = await visit.Page.Locator(link).First.GetAttributeAsync("href") ?? throw new InvalidOperationException($"{reached} has no {link}.");
        }

        return reached;
    });
}
