using System.Runtime.CompilerServices;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>The part of a domain's log that is one entity's. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="makeTable">Makes the domain's table, once a use.</param>
public sealed class EntityLog(string connectionString, Func<IEventTable> makeTable)
{
    private readonly IEventTable shape = makeTable();
    private readonly string columns = string.Join(", ", makeTable().ReadColumns);

    /// <summary>Finds an event with its verdict; null when the uid is unknown.</summary>
    public async Task<LoggedVerdict?> FindAsync(string uid, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"SELECT {columns}, t.{shape.ScoreColumn}, t.rank_score, t.reasons FROM {shape.Table} t WHERE {shape.RowsOf("t")}t.{shape.UidColumn} = @uid",
            connection);
        command.Parameters.AddWithValue("@uid", uid);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        int first = shape.ReadColumns.Count;
        return new LoggedVerdict(
            makeTable().ReadRow(row, new Verdict(shape.Dimension)),
            row.IsDBNull(first) ? null : row.GetDouble(first),
            row.IsDBNull(first + 1) ? null : row.GetDouble(first + 1),
            row.IsDBNull(first + 2) ? [] : VerdictReasons.Read(row.GetString(first + 2)));
    }

    /// <summary>
    /// Streams an entity's events and labels before a place of its lane's log, in that order. An event's verdict is valid until the next entry: it is
    /// read into the same memory.
    /// </summary>
    public async IAsyncEnumerable<LogEntry> ReadBeforeAsync(
        string entityId, int lane, long seq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        IEventTable table = makeTable();
        IReadOnlyList<LogEntry> labels = await ReadLabelsAsync(connection, table, entityId, lane, seq, cancellationToken).ConfigureAwait(false);
        int next = 0;
        await using MySqlCommand command = Command(
            $"""
             SELECT {columns} FROM {shape.Table} t
             WHERE {shape.RowsOf("t")}t.{shape.EntityColumn} = @entity AND t.lane = @lane AND t.seq < @seq ORDER BY t.seq
             """,
            connection, entityId, lane, seq);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var verdict = new Verdict(shape.Dimension);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ScoredEvent scored = table.ReadRow(row, verdict);
            for (; next < labels.Count && labels[next].Seq < scored.Seq; next++) yield return labels[next];
            yield return new LogEntry(scored, scored.Seq, null, null);
        }

        for (; next < labels.Count; next++) yield return labels[next];
    }

    private async Task<IReadOnlyList<LogEntry>> ReadLabelsAsync(
        MySqlConnection connection, IEventTable table, string entityId, int lane, long seq, CancellationToken cancellationToken)
    {
        var labels = new List<LogEntry>();
        await using MySqlCommand command = Command(
            $"""
             SELECT {columns}, l.seq, l.is_fraud, l.previous
             FROM {shape.Table} t JOIN event_labels l ON l.domain = '{shape.Domain}' AND l.event_uid = t.{shape.UidColumn}
             WHERE {shape.RowsOf("t")}t.{shape.EntityColumn} = @entity AND l.lane = @lane AND l.seq < @seq ORDER BY l.seq
             """,
            connection, entityId, lane, seq);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        int first = shape.ReadColumns.Count;
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bool? previous = row.IsDBNull(first + 2) ? null : row.GetBoolean(first + 2);
            labels.Add(new LogEntry(table.ReadRow(row, new Verdict(shape.Dimension)), row.GetInt64(first), row.GetBoolean(first + 1), previous));
        }

        return labels;
    }

    private static MySqlCommand Command(string sql, MySqlConnection connection, string entityId, int lane, long seq)
    {
        var command = new MySqlCommand(sql, connection);
        command.Parameters.AddWithValue("@entity", entityId);
        command.Parameters.AddWithValue("@lane", lane);
        command.Parameters.AddWithValue("@seq", seq);
        return command;
    }
}
