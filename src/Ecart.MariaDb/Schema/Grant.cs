using System.Text;
using System.Text.RegularExpressions;

namespace Ecart.MariaDb.Schema;

/// <summary>One line of SHOW GRANTS that speaks of all databases or of one.</summary>
/// <param name="Rights">For example <c>CREATE VIEW</c>, or <c>ALL PRIVILEGES</c>.</param>
/// <param name="Database">The database's name as a LIKE pattern, or <c>*</c>.</param>
internal sealed partial record Grant(IReadOnlyList<string> Rights, string Database)
{
    /// <summary>Null for a grant of a role, of a proxy, or on one table or routine.</summary>
    public static Grant? TryParse(string line)
    {
        Match match = Pattern().Match(line);
        if (!match.Success) return null;
        string database = match.Groups["database"].Value;
        if (database != "*") database = database[1..^1].Replace("``", "`", StringComparison.Ordinal);
        return new Grant(match.Groups["rights"].Value.Split(", ", StringSplitOptions.TrimEntries), database);
    }

    public bool Covers(string database) => Database == "*" || LikeToRegex(Database).IsMatch(database);

    /// <summary>In a grant's database name <c>%</c> and <c>_</c> are wildcards unless a backslash comes before.</summary>
    private static Regex LikeToRegex(string like)
    {
        var pattern = new StringBuilder("^");
        for (int i = 0; i < like.Length; i++)
        {
            if (like[i] == '\\' && i + 1 < like.Length) pattern.Append(Regex.Escape(like[++i].ToString()));
            else if (like[i] == '%') pattern.Append(".*");
            else if (like[i] == '_') pattern.Append('.');
            else pattern.Append(Regex.Escape(like[i].ToString()));
        }

        return new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    [GeneratedRegex(@"^GRANT (?<rights>[A-Z ,]+) ON (?<database>\*|`(?:[^`]|``)*`)\.\* TO ", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
