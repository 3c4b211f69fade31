using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Alerts;

/// <summary>
/// The events around an alert, of any domain: the event itself, what the entity did before and after, and its normal events to compare with. Every query is bounded
/// by the entity's index, a span of time and a number of rows. Thread-safe.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="table">The domain's table.</param>
public sealed class EntityEvents(string connectionString, IEventTable table)
{
    /// <summary>Days of normal events with which an event is compared, and how many of them at most: what profiles are made of.</summary>
    public const int NormalDays = 30;

    /// <summary>Normal events with which an event is compared, at most.</summary>
    public const int MostNormal = 1000;

    private const int TimelineDays = 92;
    private const string SignalColumn = "signal_name";
    private readonly PooledStore store = new(connectionString);
    private readonly bool hasType = table.Columns.Contains("entity_type");
    private readonly bool hasSignal = table.Columns.Contains(SignalColumn);
    private readonly bool hasLayout = table.Columns.Contains("layout_embedding");

    private string OfEntity => $"{table.RowsOf("t")}{(hasType ? "t.entity_type = @type AND " : "")}t.{table.EntityColumn} = @entity";

    /// <summary>An event by its place in the log; null when it is not there any more.</summary>
    public async Task<StoredEvent?> FindAsync(int lane, long seq, DateTime occurredAt, CancellationToken cancellationToken) =>
        (await store.ReadAsync(
            $"SELECT t.* FROM {table.Table} t WHERE {table.RowsOf("t")}t.lane = @lane AND t.seq = @seq AND t.occurred_at = @at", row => EventRow.Read(row, table), cancellationToken,
            ("@lane", lane), ("@seq", seq), ("@at", occurredAt)).ConfigureAwait(false))
        is [var found] ? found : null;

    /// <summary>What an entity did up to a moment and after it, in order of event time.</summary>
    /// <param name="entityType">Type of the entity.</param>
    /// <param name="entityId">The entity.</param>
    /// <param name="at">The moment, UTC.</param>
    /// <param name="before">Events up to the moment, at most.</param>
    /// <param name="after">Events after it, at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<TimelinePoint>> ReadTimelineAsync(
        string entityType, string entityId, DateTime at, int before, int after, CancellationToken cancellationToken)
    {
        string columns = $"t.{table.UidColumn} AS uid, t.occurred_at, t.{table.ScoreColumn} AS score, t.distance_to_profile, t.{table.FlagColumn} AS flag, CONCAT(t.severity) AS severity, "
            + "t.suppressed_by IS NOT NULL AS suppressed";
        return store.ReadAsync(
            $"""
             SELECT * FROM (
             (SELECT {columns} FROM {table.Table} t WHERE {OfEntity} AND t.occurred_at BETWEEN @since AND @at ORDER BY t.occurred_at DESC LIMIT @before)
             UNION ALL
             (SELECT {columns} FROM {table.Table} t WHERE {OfEntity} AND t.occurred_at > @at AND t.occurred_at <= @until ORDER BY t.occurred_at LIMIT @after)
             ) history ORDER BY history.occurred_at, history.uid
             """,
            row => new TimelinePoint(
                row.GetString(0), row.GetDateTime(1), EventRow.Number(row, 2), EventRow.Number(row, 3), row.GetBoolean(4), StoredNames.SeverityOf(row.GetString(5)), row.GetBoolean(6)),
            cancellationToken,
            ("@type", entityType),
            ("@entity", entityId),
            ("@since", at.AddDays(-TimelineDays)),
            ("@until", at.AddDays(TimelineDays)),
            ("@at", at),
            ("@before", before),
            ("@after", after));
    }

    /// <summary>The entity's normal events before an event, of the same embedding and, of a device, of the same signal; the newest first.</summary>
    public Task<IReadOnlyList<NormalEvent>> ReadNormalAsync(string entityType, string entityId, StoredEvent stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        object? signal = stored.Fields.FirstOrDefault(field => field.Name == SignalColumn)?.Value;
        string ofSignal = hasSignal && signal is not null ? $" AND t.{SignalColumn} = @signal" : "";
        string layout = hasLayout ? "t.layout_embedding" : "NULL";
        return store.ReadAsync(
            $"""
             SELECT t.lane, t.seq, t.occurred_at, t.embedding, {layout} FROM {table.Table} t
             WHERE {OfEntity} AND t.occurred_at >= @since AND t.occurred_at < @at AND t.is_learned AND t.embedding_version = @version
                   AND NOT (t.{table.LabelColumn} <=> TRUE){ofSignal}
             ORDER BY t.occurred_at DESC LIMIT {MostNormal}
             """,
            ReadNormal,
            cancellationToken,
            ("@type", entityType),
            ("@entity", entityId),
            ("@since", stored.OccurredAt.AddDays(-NormalDays)),
            ("@at", stored.OccurredAt),
            ("@version", stored.EmbeddingVersion),
            ("@signal", signal));
    }

    private static NormalEvent ReadNormal(MySqlDataReader row)
    {
        float[] embedding = VectorColumn.Read(row, 3).ToArray();
        return new NormalEvent(row.GetInt32(0), row.GetInt64(1), row.GetDateTime(2), embedding, row.IsDBNull(4) ? embedding : VectorColumn.Read(row, 4).ToArray());
    }
}
