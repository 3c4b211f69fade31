using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>The least server that has the type VECTOR.</summary>
internal static class ServerVersion
{
    public static readonly Version Least = new(11, 7);

    /// <summary>A finding for a server that cannot be used, else null.</summary>
    public static ServerFinding? Check(string reported)
    {
        bool isMariaDb = reported.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
        if (isMariaDb && TryParse(reported, out Version? version) && version >= Least) return null;
        string found = isMariaDb ? $"this is version {reported}" : $"this server is not MariaDB: it says {reported}";
        return new ServerFinding(
            FindingSeverity.Error,
            "version",
            $"Ecart needs MariaDB {Least} or later for its VECTOR type, and {found}.",
            "Use MariaDB 11.8: Debian 13 and Ubuntu 25.10 and later have the package mariadb-server, the container image is mariadb:11.8. " +
            "Without any server, leave ECART_MARIADB unset and Ecart runs a private one.");
    }

    /// <exception cref="MigrationException">The server is too old or something else.</exception>
    public static void Demand(MySqlConnection connection)
    {
        if (Check(connection.ServerVersion) is { } finding) throw new MigrationException($"{finding.Message} {finding.Remedy}");
    }

    private static bool TryParse(string reported, out Version? version)
    {
        // Old protocols carry a fixed 5.5.5- before the true version.
        string text = reported.StartsWith("5.5.5-", StringComparison.Ordinal) ? reported[6..] : reported;
        int end = text.IndexOf('-', StringComparison.Ordinal);
        return Version.TryParse(end < 0 ? text : text[..end], out version);
    }
}
