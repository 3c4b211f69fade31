using Ecart.TestKit;

namespace Ecart.Architecture.Tests;

/// <summary>Files of the repository, without what builds leave behind.</summary>
internal static class Sources
{
    public static IEnumerable<string> In(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), pattern, SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Code => new[] { "src", "tests", "bench", "eval" }.SelectMany(folder => In(folder, "*.cs"));

    public static string Name(string file) => Path.GetRelativePath(RepositoryRoot.Path, file);
}
