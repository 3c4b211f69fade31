namespace Ecart.Embedded;

/// <summary>Folders by the environment: Ecart's own variables first, then the XDG base directories.</summary>
internal static class DefaultFolders
{
    public static string Data() => Data(Environment.GetEnvironmentVariable);

    public static string Cache() => Cache(Environment.GetEnvironmentVariable);

    internal static string Data(Func<string, string?> variable) =>
        variable("ECART_HOME") is { Length: > 0 } home
            ? Path.GetFullPath(Path.Combine(home, "mariadb"))
            : Path.Combine(XdgFolder(variable, "XDG_DATA_HOME", ".local/share"), "ecart", "mariadb");

    internal static string Cache(Func<string, string?> variable) =>
        variable("ECART_CACHE") is { Length: > 0 } cache
            ? Path.GetFullPath(cache)
            : Path.Combine(XdgFolder(variable, "XDG_CACHE_HOME", ".cache"), "ecart");

    /// <remarks>The XDG specification asks to ignore relative paths.</remarks>
    private static string XdgFolder(Func<string, string?> variable, string name, string belowHome) =>
        variable(name) is { Length: > 0 } folder && Path.IsPathRooted(folder)
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), belowHome);
}
