using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>Looks at a server and at the user's rights before work begins. Changes nothing.</summary>
public static class ServerCheck
{
    /// <param name="connection">Open, with the database that the program will use, which need not have a schema yet.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>Errors first. Empty: nothing to say. A server that is too old is the only finding, as it lacks what the others read.</returns>
    public static async Task<IReadOnlyList<ServerFinding>> RunAsync(MySqlConnection connection, CancellationToken cancellationToken = default)
    {
        if (ServerVersion.Check(connection.ServerVersion) is { } unusable) return [unusable];

        var findings = new List<ServerFinding>();
        if (await RightsCheck.RunAsync(connection, cancellationToken).ConfigureAwait(false) is { } rights) findings.Add(rights);
        ServerSettings settings = await ServerSettings.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        findings.AddRange(settings.Check());
        return findings;
    }
}
