namespace Ecart.Eval.Running;

/// <summary>Finds public data sets; they are not part of the repository.</summary>
internal static class DataFolder
{
    /// <summary>Folder of one set.</summary>
    /// <param name="given">
    /// The folder that holds the sets, or the set's own; null takes <c>ECART_DATA</c>, else <c>shared/data</c> beside the repository or beside
    /// the folder of its worktrees.
    /// </param>
    /// <param name="set">Name of the set, such as <c>fraud_handbook</c>.</param>
    /// <param name="isSet">Whether a folder looks like the set itself.</param>
    /// <exception cref="EvaluationException">There is none; the message says where it was looked for.</exception>
    public static string Find(string? given, string set, Func<string, bool> isSet)
    {
        string[] places = given is not null ? [given] : [.. Usual()];
        foreach (string place in places)
        {
            string inside = Path.Combine(place, set);
            if (Directory.Exists(inside)) return inside;
            if (Directory.Exists(place) && isSet(place)) return place;
        }

        throw new EvaluationException(
            $"The data set {set} was not found in {string.Join(" or ", places)}: "
            + "give the folder that holds it by --data DIR or the environment variable ECART_DATA.");
    }

    private static IEnumerable<string> Usual()
    {
        if (Environment.GetEnvironmentVariable("ECART_DATA") is { Length: > 0 } folder) return [folder];
        string root = RepositoryFolder.Path;
        return [Path.GetFullPath(Path.Combine(root, "../shared/data")), Path.GetFullPath(Path.Combine(root, "../../shared/data"))];
    }
}
