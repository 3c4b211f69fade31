using System.Globalization;
using Ecart.Events;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>The records that could not become events. Thread-safe.</summary>
public sealed class RejectedEventStore(string connectionString)
{
    /// <summary>The newest record's id; 0 without any.</summary>
    public async Task<long> ReadLastIdAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand("SELECT COALESCE(MAX(rejected_id), 0) FROM rejected_events", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    /// <summary>What the first records after an id say of themselves, each in a sentence that names line, field, value and remedy.</summary>
    public async Task<IReadOnlyList<string>> ReadMessagesAfterAsync(long id, int most, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            "SELECT message FROM rejected_events WHERE rejected_id > @id ORDER BY rejected_id LIMIT @most", connection);
        command.Parameters.AddWithValue("@id", id);
        command.Parameters.AddWithValue("@most", most);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var messages = new List<string>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) messages.Add(row.GetString(0));
        return messages;
    }

    /// <summary>Reads records in the order in which they were rejected.</summary>
    public async Task<IReadOnlyList<RejectedRow>> ReadAsync(RejectedFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"""
             SELECT rejected_id, source, partition_id, source_offset, domain, event_uid, reason, field, value, message, payload, received_at, retried_at
             FROM rejected_events
             WHERE {(filter.Ids is { Count: > 0 } ids ? $"rejected_id IN ({string.Join(',', ids)})" : filter.Ids is null ? "TRUE" : "FALSE")}
               AND (@source IS NULL OR INSTR(source, @source) > 0)
               AND (@reason IS NULL OR reason = @reason)
               AND (@since IS NULL OR received_at >= @since)
               AND (@retried OR retried_at IS NULL)
             ORDER BY rejected_id LIMIT @most
             """,
            connection);
        command.Parameters.AddWithValue("@source", filter.Source);
        command.Parameters.AddWithValue("@reason", filter.Reason is { } reason ? StoredNames.Of(reason) : null);
        command.Parameters.AddWithValue("@since", filter.Since);
        command.Parameters.AddWithValue("@retried", filter.WithRetried);
        command.Parameters.AddWithValue("@most", filter.Most);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<RejectedRow>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(ReadRow(row));
        return rows;
    }

    /// <summary>Marks records as made into events by a retry.</summary>
    public async Task MarkRetriedAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count == 0) return;
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"UPDATE rejected_events SET retried_at = UTC_TIMESTAMP(6) WHERE rejected_id IN ({string.Join(',', ids)}) AND retried_at IS NULL", connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static RejectedRow ReadRow(MySqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        var record = new RejectedRecord(
            row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetString(4), Text(5), StoredNames.ReasonOf(row.GetString(6)), Text(7), Text(8),
            row.GetString(9), (byte[])row.GetValue(10));
        return new RejectedRow(
            row.GetInt64(0),
            record,
            DateTime.SpecifyKind(row.GetDateTime(11), DateTimeKind.Utc),
            row.IsDBNull(12) ? null : DateTime.SpecifyKind(row.GetDateTime(12), DateTimeKind.Utc));
    }
}
