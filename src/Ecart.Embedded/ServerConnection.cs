using MySqlConnector;

namespace Ecart.Embedded;

/// <summary>Connection strings to the embedded server, and the question whether it answers.</summary>
internal static class ServerConnection
{
    public static MySqlConnectionStringBuilder Create(ServerFolder folder, string socketPath) => new()
    {
        Server = socketPath,
        ConnectionProtocol = MySqlConnectionProtocol.UnixSocket,
        UserID = ServerBootstrap.User,
        Password = File.ReadAllText(folder.Password).Trim(),
        SslMode = MySqlSslMode.None,
        AllowUserVariables = true,
        AllowLoadLocalInfile = true,
    };

    /// <returns>Version text of the server; null when nothing answers there (yet).</returns>
    public static async Task<string?> ProbeAsync(MySqlConnectionStringBuilder builder, CancellationToken cancellation)
    {
        await using var connection = new MySqlConnection(WithoutPool(builder));
        try
        {
            await connection.OpenAsync(cancellation);
            return connection.ServerVersion;
        }
        // A refused password is an answer, and no waiting mends it.
        catch (MySqlException error) when (error.ErrorCode != MySqlErrorCode.AccessDenied)
        {
            return null;
        }
    }

    public static async Task CreateDatabaseAsync(MySqlConnectionStringBuilder builder, string database, CancellationToken cancellation)
    {
        await using var connection = new MySqlConnection(WithoutPool(builder));
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        // The options allow only letters, digits and underscores in the name.
        command.CommandText = $"CREATE DATABASE IF NOT EXISTS `{database}`";
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string WithoutPool(MySqlConnectionStringBuilder builder) =>
        new MySqlConnectionStringBuilder(builder.ConnectionString) { Pooling = false }.ConnectionString;
}
