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
        new("invitation", (console, _) => console.InviteAsync($"guest-{Guid.NewGuid():N}"), IsOpen: true),
        .. ConsoleSection.All.Select(section => At(section.Path["/console/".Length..], section.Path)),
    ];

    private static ConsolePage At(string name, string path) => new(name, (_, _) => Task.FromResult(path));

    /// <summary>The page that the first link of another leads to.</summary>
    private static ConsolePage Behind(string name, string path, string link) => new(name, async (_, visit) =>
    {
        await visit.GoAsync(path);
        return await visit.Page.Locator(link).First.GetAttributeAsync("href") ?? throw new InvalidOperationException($"{path} has no {link}.");
    });
}
