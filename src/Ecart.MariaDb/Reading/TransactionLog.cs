using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>The committed log of the transactions domain: what state is a fold over. Thread-safe.</summary>
public sealed class TransactionLog(string connectionString)
{
    /// <summary>
    /// Streams the entries of every lane after its checkpoint, lane by lane, in the order of the lane's log. An event's verdict is valid until the
    /// next entry: it is read into the same memory.
    /// </summary>
    public async IAsyncEnumerable<LogEntry> ReadAsync(
        IReadOnlyList<LanePosition> lanes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        var reader = new TransactionRowReader();
        var verdict = new Scoring.Verdict(TransactionLayout.Dimension);
        foreach (LanePosition lane in lanes)
        {
            if (lane.Seq == lane.CheckpointSeq) continue;
            IReadOnlyList<LogEntry> labels = await ReadLabelsAsync(connection, lane, reader, cancellationToken).ConfigureAwait(false);
            int next = 0;
            await using var command = new MySqlCommand(
                $"""
                 SELECT {TransactionRowReader.Columns} FROM financial_transactions t
                 WHERE t.lane = {lane.Lane} AND t.seq > {lane.CheckpointSeq} AND t.seq <= {lane.Seq} ORDER BY t.seq
                 """,
                connection);
            await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                Scoring.ScoredEvent scored = reader.Read(row, verdict);
                for (; next < labels.Count && labels[next].Seq < scored.Seq; next++) yield return labels[next];
                yield return new LogEntry(scored, scored.Seq, null, null);
            }

            for (; next < labels.Count; next++) yield return labels[next];
        }
    }

    /// <summary>The accounts of the entries of every lane after its checkpoint.</summary>
    public async Task<IReadOnlyCollection<string>> ReadAccountsAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        var accounts = new HashSet<string>(StringComparer.Ordinal);
        foreach (LanePosition lane in lanes)
        {
            if (lane.Seq == lane.CheckpointSeq) continue;
            await using var command = new MySqlCommand(
                $"""
                 SELECT DISTINCT account_id FROM financial_transactions
                 WHERE lane = {lane.Lane} AND seq > {lane.CheckpointSeq} AND seq <= {lane.Seq}
                 UNION
                 SELECT t.account_id {FromLabels(lane)}
                 """,
                connection);
            await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) accounts.Add(row.GetString(0));
        }

        return accounts;
    }

    /// <summary>The uids of all flagged events.</summary>
    public async Task<HashSet<string>> ReadFlaggedUidsAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand("SELECT transaction_id FROM financial_transactions WHERE is_flagged", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var flagged = new HashSet<string>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) flagged.Add(row.GetString(0));
        return flagged;
    }

    /// <summary>Finds stored events by their keys, with the label that each has.</summary>
    public static async Task<Dictionary<UInt128, LabelledEvent>> FindAsync(
        MySqlConnection connection, IReadOnlyDictionary<UInt128, EventKey> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<UInt128, LabelledEvent>();
        if (keys.Count == 0) return found;
        var sql = new StringBuilder("SELECT ").Append(TransactionRowReader.Columns)
            .Append(", t.is_confirmed_fraud FROM financial_transactions t WHERE (t.lane, t.seq, t.occurred_at) IN (");
        foreach (EventKey key in keys.Values)
            sql.Append(CultureInfo.InvariantCulture, $"({key.Lane},{key.Seq},'{key.OccurredAt:yyyy-MM-dd HH:mm:ss.ffffff}'),");
        sql.Length--;
        await using var command = new MySqlCommand(sql.Append(')').ToString(), connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var reader = new TransactionRowReader();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bool? label = row.IsDBNull(TransactionRowReader.ColumnCount) ? null : row.GetBoolean(TransactionRowReader.ColumnCount);
            Scoring.ScoredEvent scored = reader.Read(row, new Scoring.Verdict(TransactionLayout.Dimension));
            found[UidHash.Compute(TransactionEvent.DomainName, scored.Event.EventUid)] = new LabelledEvent(scored, label);
        }

        return found;
    }

    /// <summary>The labels of a lane after its checkpoint, each with the event that it speaks of.</summary>
    private static string FromLabels(LanePosition lane) =>
        $"""
         FROM event_labels l
         JOIN event_keys k ON k.uid_hash = UNHEX(LEFT(SHA2(CONCAT(l.domain, CHAR(0), l.event_uid), 256), 32))
         JOIN financial_transactions t ON t.lane = k.lane AND t.seq = k.seq AND t.occurred_at = k.occurred_at
         WHERE l.lane = {lane.Lane} AND l.seq > {lane.CheckpointSeq} AND l.seq <= {lane.Seq} AND l.domain = '{TransactionEvent.DomainName}'
         """;

    private static async Task<IReadOnlyList<LogEntry>> ReadLabelsAsync(
        MySqlConnection connection, LanePosition lane, TransactionRowReader reader, CancellationToken cancellationToken)
    {
        var labels = new List<LogEntry>();
        await using var command = new MySqlCommand(
            $"SELECT {TransactionRowReader.Columns}, l.seq, l.is_fraud, l.previous {FromLabels(lane)} ORDER BY l.seq", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        const int First = TransactionRowReader.ColumnCount;
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bool? previous = row.IsDBNull(First + 2) ? null : row.GetBoolean(First + 2);
            labels.Add(new LogEntry(reader.Read(row, new Scoring.Verdict(TransactionLayout.Dimension)), row.GetInt64(First), row.GetBoolean(First + 1), previous));
        }

        return labels;
    }
}
