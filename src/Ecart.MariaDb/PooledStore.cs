using System.Data;
using Ecart.MariaDb.Requests;
using MySqlConnector;

namespace Ecart.MariaDb;

/// <summary>
/// Short statements for people who wait: a few connections that are kept open, times in UTC. A statement that runs for too long is ended by the server.
/// Thread-safe.
/// </summary>
internal sealed class PooledStore(string connectionString)
{
    private const int MostConnections = 8;
    private const string Prepare = "SET time_zone = '+00:00', max_statement_time = 10, tx_isolation = 'READ-COMMITTED'";

    private readonly string pooled = new MySqlConnectionStringBuilder(connectionString)
    {
        Pooling = true,
        MaximumPoolSize = MostConnections,
        ConnectionTimeout = 5,
        DefaultCommandTimeout = 15,
        DateTimeKind = MySqlDateTimeKind.Utc,
        UseAffectedRows = false,
        AllowUserVariables = true,
    }.ConnectionString;

    public async Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(pooled);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var prepare = new MySqlCommand(Prepare, connection);
            await prepare.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Does work in one transaction; what throws changes nothing. Within a request that was sent under a key the transaction notes that.</summary>
    public async Task<TResult> ChangeAsync<TResult>(Func<MySqlTransaction, Task<TResult>> work, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        TResult result = await work(transaction).ConfigureAwait(false);
        if (RequestClaim.Current is { } claim) await claim.NoteChangeAsync(transaction, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Every row of a query.</summary>
    public async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(
        string sql, Func<MySqlDataReader, TRow> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using MySqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(sql, connection);
        foreach ((string name, object? value) in parameters) command.Parameters.AddWithValue(name, value);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<TRow>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(read(row));
        return rows;
    }

    /// <summary>A command within a transaction.</summary>
    public static MySqlCommand Command(MySqlTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new MySqlCommand(sql, transaction.Connection, transaction);
        foreach ((string name, object? value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }

    /// <summary>Runs a statement within a transaction.</summary>
    /// <returns>Rows that it found.</returns>
    public static async Task<int> ExecuteAsync(
        MySqlTransaction transaction, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using MySqlCommand command = Command(transaction, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A nullable text.</summary>
    public static string? Text(MySqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A nullable time.</summary>
    public static DateTime? Time(MySqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
