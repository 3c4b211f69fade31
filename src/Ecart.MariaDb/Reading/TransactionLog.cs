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
    /// Streams the entries of every lane after its checkpoint, lane by lane, in the order of the lane's log.
    /// </summary>
    public async IAsyncEnumerable<LogEntry> ReadAsync(
        IReadOnlyList<LanePosition> lanes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        var reader = new TransactionRowReader();
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
                Scoring.ScoredEvent scored = reader.Read(row);
                for (; next < labels.Count && labels[next].Seq < scored.Seq; next++) yield return labels[next];
                yield return new LogEntry(scored, scored.Seq, null, null);
            }

            for (; next < labels.Count; next++) yield return labels[next];
        }
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
            Scoring.ScoredEvent scored = reader.Read(row);
            found[UidHash.Compute(TransactionEvent.DomainName, scored.Event.EventUid)] = new LabelledEvent(scored, label);
        }

        return found;
    }

    private static async Task<IReadOnlyList<LogEntry>> ReadLabelsAsync(
        MySqlConnection connection, LanePosition lane, TransactionRowReader reader, CancellationToken cancellationToken)
    {
        var labels = new List<LogEntry>();
        await using var command = new MySqlCommand(
            $"""
             SELECT {TransactionRowReader.Columns}, l.seq, l.is_fraud, l.previous
             FROM event_labels l
             JOIN event_keys k ON k.uid_hash = UNHEX(LEFT(SHA2(CONCAT(l.domain, CHAR(0), l.event_uid), 256), 32))
             JOIN financial_transactions t ON t.lane = k.lane AND t.seq = k.seq AND t.occurred_at = k.occurred_at
             WHERE l.lane = {lane.Lane} AND l.seq > {lane.CheckpointSeq} AND l.seq <= {lane.Seq} AND l.domain = '{TransactionEvent.DomainName}'
             ORDER BY l.seq
             """,
            connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        const int First = TransactionRowReader.ColumnCount;
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bool? previous = row.IsDBNull(First + 2) ? null : row.GetBoolean(First + 2);
            labels.Add(new LogEntry(reader.Read(row), row.GetInt64(First), row.GetBoolean(First + 1), previous));
        }

        return labels;
    }
}
