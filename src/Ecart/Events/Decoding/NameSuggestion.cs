namespace Ecart.Events.Decoding;

/// <summary>Finds the name that was probably meant.</summary>
public static class NameSuggestion
{
    /// <returns><c> Did you mean 'x'?</c> with its leading blank, or an empty text when nothing is near.</returns>
    public static string For(string name, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance < 1)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is null ? string.Empty : $" Did you mean '{best.Name}'?";
    }

    /// <summary>Edits relative to what is tolerated (a third of the longer name, at least 2); below 1 is near. Containment counts as one edit.</summary>
    private static double Distance(string left, string right)
    {
        var first = left.ToUpperInvariant();
        var second = right.ToUpperInvariant();
        var tolerated = Math.Max(2, Math.Max(first.Length, second.Length) / 3) + 1;
        if (first.Length > 2 && second.Length > 2
            && (first.Contains(second, StringComparison.Ordinal) || second.Contains(first, StringComparison.Ordinal)))
            return 1.0 / tolerated;

        return (double)EditDistance(first, second) / tolerated;
    }

    /// <summary>Levenshtein's distance, one row kept.</summary>
    private static int EditDistance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
