using System.Globalization;
using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>
/// Deletes the unpartitioned rows that belong to dropped months. Walks the primary keys in bounded chunks, each its own transaction, so
/// that neither the undo log nor a lane waits for a long delete.
/// </summary>
internal static class EventKeyRetention
{
    private const int ChunkRows = 10_000;

    public static async Task DeleteBeforeAsync(MySqlConnection connection, DateOnly firstKept, CancellationToken cancellationToken)
    {
        await DeleteKeysAsync(connection, firstKept, cancellationToken).ConfigureAwait(false);
        await DeleteHitsAsync(connection, firstKept, cancellationToken).ConfigureAwait(false);
        foreach (string lane in await connection.QueryTextsAsync("SELECT CONCAT(domain, ' ', lane) FROM lanes", cancellationToken).ConfigureAwait(false))
        {
            string[] names = lane.Split(' ');
            await DeleteLabelsAsync(connection, firstKept, names[0], int.Parse(names[1], CultureInfo.InvariantCulture), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task DeleteKeysAsync(MySqlConnection connection, DateOnly firstKept, CancellationToken cancellationToken)
    {
        const string Bound = "SELECT uid_hash FROM event_keys WHERE uid_hash >= @start ORDER BY uid_hash LIMIT 1 OFFSET @rows";
        const string Delete = "DELETE FROM event_keys WHERE uid_hash >= @start AND occurred_at < @firstKept";
        for (byte[]? start = new byte[16]; start is not null;)
        {
            var end = (byte[]?)await ScalarAsync(connection, Bound, [("@start", start), ("@rows", ChunkRows)], cancellationToken)
                .ConfigureAwait(false);
            await ExecuteAsync(
                connection, end is null ? Delete : Delete + " AND uid_hash < @end",
                [("@start", start), ("@end", end), ("@firstKept", firstKept)], cancellationToken).ConfigureAwait(false);
            start = end;
        }
    }

    /// <summary>What an exception silenced is listed as long as the event is kept; how often it did stays counted.</summary>
    private static async Task DeleteHitsAsync(MySqlConnection connection, DateOnly firstKept, CancellationToken cancellationToken)
    {
        foreach (string id in await connection.QueryTextsAsync("SELECT DISTINCT exception_id FROM exception_hits", cancellationToken).ConfigureAwait(false))
        {
            for (int deleted = ChunkRows; deleted == ChunkRows;)
            {
                using MySqlCommand delete = Command(
                    connection, "DELETE FROM exception_hits WHERE exception_id = @id AND occurred_at < @firstKept LIMIT @rows",
                    [("@id", id), ("@firstKept", firstKept), ("@rows", ChunkRows)]);
                deleted = await delete.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task DeleteLabelsAsync(
        MySqlConnection connection, DateOnly firstKept, string domain, int lane, CancellationToken cancellationToken)
    {
        string bound = $"SELECT seq FROM event_labels WHERE domain = @domain AND lane = {lane} AND seq >= @start ORDER BY seq LIMIT 1 OFFSET @rows";
        // A label that the lane's state does not include yet stays until the next time.
        string delete =
            $"""
            DELETE FROM event_labels
            WHERE domain = @domain AND lane = {lane} AND seq >= @start AND occurred_at < @firstKept
              AND seq <= (SELECT checkpoint_seq FROM lanes WHERE domain = @domain AND lane = {lane})
            """;
        for (ulong? start = 0; start is not null;)
        {
            var end = (ulong?)await ScalarAsync(connection, bound, [("@domain", domain), ("@start", start), ("@rows", ChunkRows)], cancellationToken)
                .ConfigureAwait(false);
            await ExecuteAsync(
                connection, end is null ? delete : delete + " AND seq < @end",
                [("@domain", domain), ("@start", start), ("@end", end), ("@firstKept", firstKept)], cancellationToken).ConfigureAwait(false);
            start = end;
        }
    }

    private static async Task<object?> ScalarAsync(
        MySqlConnection connection, string sql, (string, object?)[] parameters, CancellationToken cancellationToken)
    {
        using MySqlCommand command = Command(connection, sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(
        MySqlConnection connection, string sql, (string, object?)[] parameters, CancellationToken cancellationToken)
    {
        using MySqlCommand command = Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static MySqlCommand Command(MySqlConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach ((string name, object? value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
