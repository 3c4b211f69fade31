using System.Runtime.CompilerServices;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>The part of the transactions' log that is one account's. Thread-safe.</summary>
public sealed class AccountLog(string connectionString)
{
    private static readonly TransactionTable Shape = new();
    private static readonly string Columns = string.Join(", ", Shape.ReadColumns);

    /// <summary>Finds an event with its verdict; null when the uid is unknown.</summary>
    public async Task<LoggedVerdict?> FindAsync(string uid, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"SELECT {Columns}, t.fraud_score, t.rank_score, t.reasons FROM financial_transactions t WHERE t.transaction_id = @uid",
            connection);
        command.Parameters.AddWithValue("@uid", uid);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        int first = Shape.ReadColumns.Count;
        return new LoggedVerdict(
            new TransactionTable().ReadRow(row, new Verdict(TransactionLayout.Dimension)),
            row.IsDBNull(first) ? null : row.GetDouble(first),
            row.IsDBNull(first + 1) ? null : row.GetDouble(first + 1),
            row.IsDBNull(first + 2) ? [] : VerdictReasons.Read(row.GetString(first + 2)));
    }

    /// <summary>
    /// Streams an account's events and labels before a place of its lane's log, in that order. An event's verdict is valid until the next entry: it is
    /// read into the same memory.
    /// </summary>
    public async IAsyncEnumerable<LogEntry> ReadBeforeAsync(
        string accountId, int lane, long seq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        var table = new TransactionTable();
        IReadOnlyList<LogEntry> labels = await ReadLabelsAsync(connection, table, accountId, lane, seq, cancellationToken).ConfigureAwait(false);
        int next = 0;
        await using MySqlCommand command = Command(
            $"""
             SELECT {Columns} FROM financial_transactions t
             WHERE t.account_id = @account AND t.lane = @lane AND t.seq < @seq ORDER BY t.seq
             """,
            connection, accountId, lane, seq);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var verdict = new Verdict(TransactionLayout.Dimension);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ScoredEvent scored = table.ReadRow(row, verdict);
            for (; next < labels.Count && labels[next].Seq < scored.Seq; next++) yield return labels[next];
            yield return new LogEntry(scored, scored.Seq, null, null);
        }

        for (; next < labels.Count; next++) yield return labels[next];
    }

    private static async Task<IReadOnlyList<LogEntry>> ReadLabelsAsync(
        MySqlConnection connection, TransactionTable table, string accountId, int lane, long seq, CancellationToken cancellationToken)
    {
        var labels = new List<LogEntry>();
        await using MySqlCommand command = Command(
            $"""
             SELECT {Columns}, l.seq, l.is_fraud, l.previous
             FROM financial_transactions t JOIN event_labels l ON l.domain = '{TransactionEvent.DomainName}' AND l.event_uid = t.transaction_id
             WHERE t.account_id = @account AND l.lane = @lane AND l.seq < @seq ORDER BY l.seq
             """,
            connection, accountId, lane, seq);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        int first = Shape.ReadColumns.Count;
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bool? previous = row.IsDBNull(first + 2) ? null : row.GetBoolean(first + 2);
            labels.Add(new LogEntry(table.ReadRow(row, new Verdict(TransactionLayout.Dimension)), row.GetInt64(first), row.GetBoolean(first + 1), previous));
        }

        return labels;
    }

    private static MySqlCommand Command(string sql, MySqlConnection connection, string accountId, int lane, long seq)
    {
        var command = new MySqlCommand(sql, connection);
        command.Parameters.AddWithValue("@account", accountId);
        command.Parameters.AddWithValue("@lane", lane);
        command.Parameters.AddWithValue("@seq", seq);
        return command;
    }
}
