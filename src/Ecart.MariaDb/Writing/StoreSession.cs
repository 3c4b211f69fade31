using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>Connections as the writers need them: UTC, strict, READ COMMITTED, lock waits longer than the server keeps a dead client.</summary>
public static class StoreSession
{
    /// <summary>Commands wait for as long as they take, but not for a server that vanished without a word.</summary>
    private const uint KeepaliveSeconds = 15;

    private const string Prepare =
        """
        SET time_zone = '+00:00',
            sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
            tx_isolation = 'READ-COMMITTED',
            innodb_lock_wait_timeout = 60,
            net_read_timeout = 30,
            unique_checks = 1
        """;

    /// <summary>Opens a connection for reading and writing the store.</summary>
    public static async Task<MySqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var settings = new MySqlConnectionStringBuilder(connectionString)
        {
            AllowUserVariables = true,
            AllowLoadLocalInfile = true,
            Pooling = false,
            UseAffectedRows = false,
            DefaultCommandTimeout = 0,
            ConnectionTimeout = 10,
            Keepalive = KeepaliveSeconds,
        };
        var connection = new MySqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new MySqlCommand(Prepare, connection);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether both sides allow LOAD DATA LOCAL.</summary>
    public static async Task<RowFormat> BestFormatAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("SELECT @@local_infile", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), null) == 1
            ? RowFormat.LoadData
            : RowFormat.Insert;
    }
}
