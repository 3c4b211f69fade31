using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>The database that a connection string names, seen from outside it.</summary>
internal static class TargetDatabase
{
    private const string Collation = "CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci";

    /// <exception cref="MigrationException">The server is too old, or the user may not enter the database.</exception>
    public static async Task<bool> ExistsAsync(MySqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new MySqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            ServerVersion.Demand(connection);
            return true;
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.UnknownDatabase)
        {
            return false;
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.DatabaseAccessDenied)
        {
            throw RightMissing(settings, exception);
        }
    }

    public static async Task CreateAsync(MySqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        var outside = new MySqlConnectionStringBuilder(settings.ConnectionString) { Database = "" };
        await using var connection = new MySqlConnection(outside.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        ServerVersion.Demand(connection);
        try
        {
            await connection.ExecuteAsync(
                $"CREATE DATABASE IF NOT EXISTS {ConnectionCommands.Quote(settings.Database)} {Collation}", cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.DatabaseAccessDenied)
        {
            throw RightMissing(settings, exception);
        }
    }

    private static MigrationException RightMissing(MySqlConnectionStringBuilder settings, MySqlException exception) => new(
        $"The user {settings.UserID} may neither use nor create the database {settings.Database}: {exception.Message}. As an administrator run " +
        $"CREATE DATABASE {ConnectionCommands.Quote(settings.Database)} {Collation}; GRANT ALL ON " +
        $"{ConnectionCommands.Quote(settings.Database)}.* TO the user.",
        exception);
}
