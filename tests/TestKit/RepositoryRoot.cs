namespace Ecart.TestKit;

/// <summary>Where the repository lies that the tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>The nearest folder above the test program that holds <c>Ecart.slnx</c>.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Ecart.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Ecart.slnx: run the tests where they were built.");
    }
}
