using System.Runtime.CompilerServices;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>
/// The stored events of a domain, of all lanes as one stream, each with the label it has today: the lanes' logs, merged by event time. Read by the key in small pieces,
/// so that neither the server sorts nor memory grows with the log. Thread-safe.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="makeTable">Makes the domain's table.</param>
public sealed class LabelledHistory(string connectionString, Func<IEventTable> makeTable)
{
    private const int RowsAtOnce = 1000;
    private readonly IEventTable shape = makeTable();

    /// <summary>The newest event time stored; null when nothing is.</summary>
    public async Task<DateTime?> FindNewestAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand($"SELECT MAX(t.occurred_at) FROM {shape.Table} t WHERE {shape.RowsOf("t")}TRUE", connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is DateTime newest ? DateTime.SpecifyKind(newest, DateTimeKind.Utc) : null;
    }

    /// <summary>Streams what happened from a time on. Events that came too late to be scored are left out.</summary>
    public async IAsyncEnumerable<HistoryEvent> ReadAsync(DateTime from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        IEventTable table = makeTable();
        var heads = new PriorityQueue<LaneRows, (DateTime At, int Lane)>();
        foreach (int lane in await ReadLanesAsync(connection, cancellationToken).ConfigureAwait(false))
            await PutBackAsync(new LaneRows(lane, table.Dimension)).ConfigureAwait(false);
        while (heads.TryDequeue(out LaneRows? first, out _))
        {
            yield return first.Waiting.Dequeue();
            await PutBackAsync(first).ConfigureAwait(false);
        }

        async Task PutBackAsync(LaneRows rows)
        {
            if (rows.Waiting.Count == 0 && !rows.IsAtEnd) await rows.ReadAsync(connection, table, from, cancellationToken).ConfigureAwait(false);
            if (rows.Waiting.TryPeek(out HistoryEvent next)) heads.Enqueue(rows, (next.Event.OccurredAt, rows.Lane));
        }
    }

    private async Task<List<int>> ReadLanesAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var lanes = new List<int>();
        await using var command = new MySqlCommand("SELECT lane FROM lanes WHERE domain = @domain AND seq > 0 ORDER BY lane", connection);
        command.Parameters.AddWithValue("@domain", shape.Domain);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) lanes.Add(row.GetInt32(0));
        return lanes;
    }

    /// <summary>The next rows of one lane.</summary>
    private sealed class LaneRows(int lane, int dimension)
    {
        private readonly Verdict scratch = new(dimension);
        private long lastSeq;

        public int Lane => lane;

        public bool IsAtEnd { get; private set; }

        public Queue<HistoryEvent> Waiting { get; } = new();

        public async Task ReadAsync(MySqlConnection connection, IEventTable table, DateTime from, CancellationToken cancellationToken)
        {
            await using var command = new MySqlCommand(
                $"""
                 SELECT {string.Join(", ", table.ReadColumns)}, t.{table.LabelColumn}, t.label_known_at FROM {table.Table} t
                 WHERE {table.RowsOf("t")}t.lane = {lane} AND t.seq > {lastSeq} AND t.occurred_at >= @from AND NOT t.is_late ORDER BY t.seq LIMIT {RowsAtOnce}
                 """,
                connection);
            command.Parameters.AddWithValue("@from", from);
            await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                ScoredEvent scored = table.ReadRow(row, scratch);
                lastSeq = scored.Seq;
                int label = table.ReadColumns.Count;
                Waiting.Enqueue(new HistoryEvent(
                    scored.Event,
                    row.IsDBNull(label) ? null : row.GetBoolean(label),
                    row.IsDBNull(label + 1) ? null : DateTime.SpecifyKind(row.GetDateTime(label + 1), DateTimeKind.Utc)));
            }

            IsAtEnd = Waiting.Count < RowsAtOnce;
        }
    }
}
