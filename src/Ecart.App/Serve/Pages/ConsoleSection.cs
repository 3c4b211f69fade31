using Ecart.MariaDb.Access;

namespace Ecart.App.Serve.Pages;

/// <summary>A part of the console that the bar on every page leads to.</summary>
/// <param name="Path">Its first page; the others are below it.</param>
/// <param name="Text">Key of its name.</param>
/// <param name="Least">Least role that sees it.</param>
public sealed record ConsoleSection(string Path, string Text, AccessRole Least)
{
    /// <summary>All of them, in the order of the bar.</summary>
    public static IReadOnlyList<ConsoleSection> All { get; } =
    [
        new("/console/home", "home.title", AccessRole.Viewer),
        new("/console/alerts", "alerts.title", AccessRole.Viewer),
        new("/console/entities", "entities.title", AccessRole.Viewer),
        new("/console/exceptions", "exceptions.title", AccessRole.Viewer),
        new("/console/calibration", "calibration.title", AccessRole.Viewer),
        new("/console/metrics", "metrics.title", AccessRole.Viewer),
    ];

    /// <summary>Whether a page belongs to it.</summary>
    public bool Holds(string path) => path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || path[Path.Length] is '/' or '?');
}
