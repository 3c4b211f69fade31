namespace Ecart.Browser.Tests;

/// <summary>How a person looks at a page.</summary>
/// <param name="Width">Width of the window in pixels.</param>
/// <param name="IsDark">Whether the person's system is dark.</param>
/// <param name="Language">The browser's language.</param>
public sealed record Look(int Width, bool IsDark, string Language = "en")
{
    /// <summary>A desk.</summary>
    public const int Wide = 1280;

    /// <summary>A telephone.</summary>
    public const int Narrow = 390;

    /// <summary>A desk by day.</summary>
    public static Look Desk { get; } = new(Wide, false);

    /// <summary>Every width in light and dark.</summary>
    public static IReadOnlyList<Look> All { get; } = [Desk, new(Wide, true), new(Narrow, false), new(Narrow, true)];

    /// <inheritdoc/>
    public override string ToString() => $"{Width} {(IsDark ? "dark" : "light")} {Language}";
}
