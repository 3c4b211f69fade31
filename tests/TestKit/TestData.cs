namespace Ecart.TestKit;

/// <summary>Public data sets for tests and evaluation; they are not part of the repository.</summary>
public static class TestData
{
    /// <summary>ECART_DATA, else the folder <c>shared/data</c> beside the repository (or beside the folder of its worktrees); null without either.</summary>
    public static string? Folder { get; } = FindFolder();

    /// <summary>Folder of one data set, such as <c>fraud_handbook</c>. Skips the test when it is not on this machine.</summary>
    public static string RequireSet(string name)
    {
        var set = Folder is null ? null : Path.Combine(Folder, name);
        Require.Data(Directory.Exists(set), $"Data set {name}", "set ECART_DATA to the folder that holds it");
        return set!;
    }

    private static string? FindFolder()
    {
        if (Environment.GetEnvironmentVariable("ECART_DATA") is { Length: > 0 } folder) return folder;
        string[] places = ["../shared/data", "../../shared/data"];
        return places.Select(place => Path.GetFullPath(Path.Combine(RepositoryRoot.Path, place))).FirstOrDefault(Directory.Exists);
    }
}
