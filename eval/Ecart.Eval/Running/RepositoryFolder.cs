namespace Ecart.Eval.Running;

/// <summary>The repository that the program was built from.</summary>
internal static class RepositoryFolder
{
    /// <summary>The nearest folder above the program that holds <c>Ecart.slnx</c>.</summary>
    /// <exception cref="EvaluationException">There is none.</exception>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Ecart.slnx"))) return folder.FullName;
        throw new EvaluationException($"No folder above {AppContext.BaseDirectory} holds Ecart.slnx: run the program where it was built.");
    }
}
