using System.Data;
using System.Globalization;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>The rejected records that wait to be handed on: an outbox. Several dispatchers may share it. Thread-safe.</summary>
public sealed class DeadLetterStore(string connectionString)
{
    /// <summary>
    /// Hands on some records and marks them in one transaction: at least once, because a crash after the delivery repeats it. Records that another
    /// dispatcher is handing on are passed over.
    /// </summary>
    /// <param name="sources">Sources whose records are handed on.</param>
    /// <param name="most">Records at a time.</param>
    /// <param name="deliver">Ends when all are delivered; when it throws, nothing is marked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were handed on.</returns>
    public async Task<int> DeliverAsync(
        IReadOnlyList<string> sources, int most, Func<IReadOnlyList<DeadLetter>, CancellationToken, Task> deliver, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        List<DeadLetter> letters = await TakeAsync(connection, transaction, sources, most, cancellationToken).ConfigureAwait(false);
        if (letters.Count == 0) return 0;
        await deliver(letters, cancellationToken).ConfigureAwait(false);
        string ids = string.Join(',', letters.Select(letter => letter.Id.ToString(CultureInfo.InvariantCulture)));
        await using var mark = new MySqlCommand(
            $"UPDATE rejected_events SET dead_lettered_at = UTC_TIMESTAMP(6) WHERE rejected_id IN ({ids})", connection, transaction);
        await mark.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return letters.Count;
    }

    private static async Task<List<DeadLetter>> TakeAsync(
        MySqlConnection connection, MySqlTransaction transaction, IReadOnlyList<string> sources, int most, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            $"""
            SELECT rejected_id, source, partition_id, source_offset, domain, event_uid, reason, field, value, message, payload, received_at
            FROM rejected_events
            WHERE source IN ({string.Join(',', sources.Select((_, i) => $"@source{i}"))}) AND dead_lettered_at IS NULL
            LIMIT @most
            FOR UPDATE SKIP LOCKED
            """,
            connection,
            transaction);
        for (int i = 0; i < sources.Count; i++) command.Parameters.AddWithValue($"@source{i}", sources[i]);
        command.Parameters.AddWithValue("@most", most);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var letters = new List<DeadLetter>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) letters.Add(Read(row));
        return letters;
    }

    private static DeadLetter Read(MySqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetInt32(2),
        row.GetInt64(3),
        row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.IsDBNull(8) ? null : row.GetString(8),
        row.GetString(9),
        (byte[])row[10],
        DateTime.SpecifyKind(row.GetDateTime(11), DateTimeKind.Utc));
}
