using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>Whether the user may do what migrations and the program do in the current database.</summary>
internal static class RightsCheck
{
    private static readonly string[] Needed =
    [
        "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "INDEX", "DROP", "REFERENCES", "CREATE VIEW", "CREATE ROUTINE",
        "ALTER ROUTINE", "EXECUTE", "TRIGGER",
    ];

    /// <returns>An error that names what is missing, else null.</returns>
    public static async Task<ServerFinding?> RunAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        // Includes the rights of the active role.
        IReadOnlyList<string> grants = await connection.QueryTextsAsync("SHOW GRANTS", cancellationToken).ConfigureAwait(false);
        string[] missing = FindMissing(grants, connection.Database);
        if (missing.Length == 0) return null;

        IReadOnlyList<string> user = await connection.QueryTextsAsync("SELECT CURRENT_USER()", cancellationToken).ConfigureAwait(false);
        string names = string.Join(", ", missing);
        return new ServerFinding(
            FindingSeverity.Error,
            "rights",
            $"The user {user[0]} lacks these rights on the database {connection.Database}: {names}.",
            $"As an administrator run: GRANT {names} ON {ConnectionCommands.Quote(connection.Database)}.* TO {QuoteUser(user[0])};");
    }

    internal static string[] FindMissing(IEnumerable<string> grants, string database)
    {
        var held = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Grant grant in grants.Select(Grant.TryParse).OfType<Grant>())
        {
            if (!grant.Covers(database)) continue;
            if (grant.Rights.Contains("ALL PRIVILEGES")) return [];
            held.UnionWith(grant.Rights);
        }

        return [.. Needed.Where(right => !held.Contains(right))];
    }

    private static string QuoteUser(string user)
    {
        int at = user.LastIndexOf('@');
        return $"'{user[..at]}'@'{user[(at + 1)..]}'";
    }
}
