using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>The committed log of one domain: what state is a fold over. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="makeTable">Makes the domain's table, once a use.</param>
public sealed class EventLog(string connectionString, Func<IEventTable> makeTable)
{
    private readonly IEventTable shape = makeTable();
    private readonly string columns = string.Join(", ", makeTable().ReadColumns);

    /// <summary>
    /// Streams the entries of every lane after its checkpoint, lane by lane, in the order of the lane's log. An event's verdict is valid until the
    /// next entry: it is read into the same memory.
    /// </summary>
    public async IAsyncEnumerable<LogEntry> ReadAsync(
        IReadOnlyList<LanePosition> lanes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        IEventTable table = makeTable();
        var verdict = new Verdict(table.Dimension);
        foreach (LanePosition lane in lanes)
        {
            if (lane.Seq == lane.CheckpointSeq) continue;
            IReadOnlyList<LogEntry> labels = await ReadLabelsAsync(connection, lane, table, cancellationToken).ConfigureAwait(false);
            int next = 0;
            await using var command = new MySqlCommand($"SELECT {columns} FROM {table.Table} t WHERE {After(lane)} ORDER BY t.seq", connection);
            await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                ScoredEvent scored = table.ReadRow(row, verdict);
                for (; next < labels.Count && labels[next].Seq < scored.Seq; next++) yield return labels[next];
                yield return new LogEntry(scored, scored.Seq, null, null);
            }

            for (; next < labels.Count; next++) yield return labels[next];
        }
    }

    /// <summary>The primary entities of the entries of every lane after its checkpoint.</summary>
    public async Task<IReadOnlyCollection<string>> ReadEntitiesAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        var entities = new HashSet<string>(StringComparer.Ordinal);
        foreach (LanePosition lane in lanes)
        {
            if (lane.Seq == lane.CheckpointSeq) continue;
            await using var command = new MySqlCommand(
                $"""
                 SELECT DISTINCT t.{shape.EntityColumn} FROM {shape.Table} t WHERE {After(lane)}
                 UNION
                 SELECT t.{shape.EntityColumn} {FromLabels(lane)}
                 """,
                connection);
            await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) entities.Add(row.GetString(0));
        }

        return entities;
    }

    /// <summary>The uids of all flagged events.</summary>
    public async Task<HashSet<string>> ReadFlaggedUidsAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"SELECT t.{shape.UidColumn} FROM {shape.Table} t WHERE {shape.RowsOf("t")}t.{shape.FlagColumn}", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var flagged = new HashSet<string>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) flagged.Add(row.GetString(0));
        return flagged;
    }

    /// <summary>Finds stored events by their keys, with the label that each has.</summary>
    public async Task<Dictionary<UInt128, LabelledEvent>> FindAsync(
        MySqlConnection connection, IReadOnlyDictionary<UInt128, EventKey> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<UInt128, LabelledEvent>();
        if (keys.Count == 0) return found;
        IEventTable table = makeTable();
        var sql = new StringBuilder($"SELECT {columns}, t.{table.LabelColumn} FROM {table.Table} t WHERE {table.RowsOf("t")}(t.lane, t.seq, t.occurred_at) IN (");
        foreach (EventKey key in keys.Values)
            sql.Append(CultureInfo.InvariantCulture, $"({key.Lane},{key.Seq},'{key.OccurredAt:yyyy-MM-dd HH:mm:ss.ffffff}'),");
        sql.Length--;
        await using var command = new MySqlCommand(sql.Append(')').ToString(), connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        int label = table.ReadColumns.Count;
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ScoredEvent scored = table.ReadRow(row, new Verdict(table.Dimension));
            found[UidHash.Compute(table.Domain, scored.Event.EventUid)] = new LabelledEvent(scored, row.IsDBNull(label) ? null : row.GetBoolean(label));
        }

        return found;
    }

    private string After(LanePosition lane) => string.Create(
        CultureInfo.InvariantCulture, $"{shape.RowsOf("t")}t.lane = {lane.Lane} AND t.seq > {lane.CheckpointSeq} AND t.seq <= {lane.Seq}");

    /// <summary>The labels of a lane after its checkpoint, each with the event that it speaks of.</summary>
    private string FromLabels(LanePosition lane) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
         FROM event_labels l
         JOIN event_keys k ON k.uid_hash = UNHEX(LEFT(SHA2(CONCAT(l.domain, CHAR(0), l.event_uid), 256), 32))
         JOIN {shape.Table} t ON {shape.RowsOf("t")}t.lane = k.lane AND t.seq = k.seq AND t.occurred_at = k.occurred_at
         WHERE l.domain = '{shape.Domain}' AND l.lane = {lane.Lane} AND l.seq > {lane.CheckpointSeq} AND l.seq <= {lane.Seq}
         """);

    private async Task<IReadOnlyList<LogEntry>> ReadLabelsAsync(
        MySqlConnection connection, LanePosition lane, IEventTable table, CancellationToken cancellationToken)
    {
        var labels = new List<LogEntry>();
        await using var command = new MySqlCommand($"SELECT {columns}, l.seq, l.is_fraud, l.previous {FromLabels(lane)} ORDER BY l.seq", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        int first = table.ReadColumns.Count;
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bool? previous = row.IsDBNull(first + 2) ? null : row.GetBoolean(first + 2);
            labels.Add(new LogEntry(table.ReadRow(row, new Verdict(table.Dimension)), row.GetInt64(first), row.GetBoolean(first + 1), previous));
        }

        return labels;
    }
}
