using System.Globalization;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Exceptions;

/// <summary>What the store says about an exception before it is made: of which event, how wide, and what it would have silenced. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="table">Shape of the domain's events.</param>
public sealed class ExceptionEvidence(string connectionString, IEventTable table)
{
    /// <summary>Floats that a stored pattern has.</summary>
    public const int StoredDimension = 256;

    private const int OwnEvents = 500;
    private readonly PooledStore store = new(connectionString);

    /// <summary>The event of an alert of the domain; null when there is none.</summary>
    public Task<ExceptionSubject?> FindAlertAsync(long alertId, CancellationToken cancellationToken) => FindAsync(
        $"""
        SELECT a.alert_id, a.event_uid, a.occurred_at, a.entity_type, a.entity_id, t.embedding, t.embedding_version
        FROM anomaly_alerts a JOIN {table.Table} t ON {table.RowsOf("t")}t.lane = a.lane AND t.seq = a.seq AND t.occurred_at = a.occurred_at
        WHERE a.alert_id = @alert AND a.domain = @domain
        """,
        cancellationToken,
        ("@alert", alertId));

    /// <summary>An event of the domain by its uid; null when there is none.</summary>
    /// <param name="uid">The event.</param>
    /// <param name="entityType">Type of the entities of the domain's events.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ExceptionSubject?> FindEventAsync(string uid, string entityType, CancellationToken cancellationToken) => FindAsync(
        $"""
        SELECT NULL, t.{table.UidColumn}, t.occurred_at, @type, t.{table.EntityColumn}, t.embedding, t.embedding_version
        FROM {table.Table} t WHERE {table.RowsOf("t")}t.{table.UidColumn} = @uid LIMIT 1
        """,
        cancellationToken,
        ("@uid", uid), ("@type", entityType));

    /// <summary>Distances from an event to others, by which a radius is proposed.</summary>
    public async Task<RadiusFigures> MeasureAsync(ExceptionSubject subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        IReadOnlyList<double> own = await store.ReadAsync(
            $"""
            SELECT VEC_DISTANCE_EUCLIDEAN(t.embedding, @pattern) FROM {table.Table} t
            WHERE {table.RowsOf("t")}t.{table.EntityColumn} = @entity AND t.occurred_at <= @at + INTERVAL 30 DAY AND t.{table.UidColumn} <> @uid
              AND t.embedding_version = @version AND COALESCE(t.{table.LabelColumn}, 0) = 0
            ORDER BY t.occurred_at DESC LIMIT {OwnEvents}
            """,
            row => row.GetDouble(0),
            cancellationToken,
            ("@pattern", PatternOf(subject.Vector)), ("@entity", subject.EntityId), ("@at", subject.OccurredAt), ("@uid", subject.EventUid),
            ("@version", subject.EmbeddingVersion)).ConfigureAwait(false);
        IReadOnlyList<double> frauds = await store.ReadAsync(
            $"""
            SELECT VEC_DISTANCE_EUCLIDEAN(t.embedding, @pattern) AS distance
            FROM (SELECT a.lane, a.seq, a.occurred_at, a.event_uid FROM anomaly_alerts a
                  WHERE a.status = 'confirmed_fraud' AND a.domain = @domain ORDER BY a.alert_id DESC LIMIT 1000) AS a
            JOIN {table.Table} t ON {table.RowsOf("t")}t.lane = a.lane AND t.seq = a.seq AND t.occurred_at = a.occurred_at
            WHERE t.embedding_version = @version AND a.event_uid <> @uid ORDER BY distance LIMIT 1
            """,
            row => row.GetDouble(0),
            cancellationToken,
            ("@pattern", PatternOf(subject.Vector)), ("@domain", table.Domain), ("@version", subject.EmbeddingVersion), ("@uid", subject.EventUid)).ConfigureAwait(false);
        double[] sorted = [.. own.Order()];
        return new RadiusFigures(
            sorted.Length > 0 ? sorted[0] : null, sorted.Length > 4 ? sorted[4] : null, sorted.Length > 0 ? sorted[sorted.Length / 2] : null, frauds.Count > 0 ? frauds[0] : null);
    }

    /// <summary>
    /// Alerts of the last days, as the newest event of the domain counts them, that entity and pattern of an exception cover, the newest first. Its rule is not asked, nor
    /// when it is valid.
    /// </summary>
    public async Task<IReadOnlyList<AlertCandidate>> ReadCandidatesAsync(ExceptionDraft draft, int days, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        DateTime newest = await FindNewestAsync(cancellationToken).ConfigureAwait(false);
        string distance = draft.Pattern is null ? "NULL" : "VEC_DISTANCE_EUCLIDEAN(t.embedding, @pattern)";
        var where = new List<string> { "a.domain = @domain", "a.occurred_at >= @from" };
        if (draft.EntityType is not null) where.Add("a.entity_type = @type");
        if (draft.EntityId is not null) where.Add("a.entity_id = @entity");
        if (draft.Pattern is not null) where.Add($"t.embedding_version = @version AND {distance} <= @radius");
        return await store.ReadAsync(
            $"""
            SELECT a.alert_id, a.event_uid, a.occurred_at, a.entity_type, a.entity_id, a.lane, a.seq, a.score, a.severity, a.status,
                   a.status = 'confirmed_fraud' OR COALESCE(t.{table.LabelColumn}, 0) = 1, {distance}
            FROM anomaly_alerts a
            LEFT JOIN {table.Table} t ON {table.RowsOf("t")}t.lane = a.lane AND t.seq = a.seq AND t.occurred_at = a.occurred_at
            WHERE {string.Join(" AND ", where)}
            ORDER BY a.occurred_at DESC, a.alert_id DESC LIMIT @most
            """,
            row => new AlertCandidate(
                row.GetInt64(0), row.GetString(1), row.GetDateTime(2), row.GetString(3), row.GetString(4), row.GetInt32(5), row.GetInt64(6), row.GetDouble(7), row.GetString(8),
                row.GetString(9), row.GetInt32(10) != 0, row.IsDBNull(11) ? null : row.GetDouble(11)),
            cancellationToken,
            ("@domain", table.Domain), ("@from", newest.Date.AddDays(1 - days)), ("@type", draft.EntityType), ("@entity", draft.EntityId), ("@version", draft.Pattern?.EmbeddingVersion),
            ("@radius", draft.Pattern?.Radius), ("@pattern", PatternOf(draft.Pattern?.Vector)), ("@most", most)).ConfigureAwait(false);
    }

    /// <summary>Time of the newest event of the domain, by the last of each lane; one of the future, from a wrong clock, counts as now.</summary>
    private async Task<DateTime> FindNewestAsync(CancellationToken cancellationToken) => (await store.ReadAsync(
        $"""
        SELECT LEAST(COALESCE(MAX((SELECT t.occurred_at FROM {table.Table} t WHERE {table.RowsOf("t")}t.lane = l.lane ORDER BY t.seq DESC LIMIT 1)), UTC_TIMESTAMP(6)), UTC_TIMESTAMP(6))
        FROM lanes l WHERE l.domain = @domain
        """,
        row => row.GetDateTime(0),
        cancellationToken,
        ("@domain", table.Domain)).ConfigureAwait(false))[0];

    private async Task<ExceptionSubject?> FindAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        (await store.ReadAsync(sql, Read, cancellationToken, [.. parameters, ("@domain", table.Domain)]).ConfigureAwait(false)) is [var found] ? found : null;

    private static ExceptionSubject Read(MySqlDataReader row)
    {
        var vector = new float[StoredDimension];
        VectorColumn.Read(row, 5).CopyTo(vector);
        return new ExceptionSubject(
            row.IsDBNull(0) ? null : Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), row.GetString(1), row.GetDateTime(2), row.GetString(3), row.GetString(4), vector, row.GetInt32(6));
    }

    /// <summary>As many floats as the table's column has: the rest are zeros.</summary>
    private float[]? PatternOf(float[]? vector) => vector?[..(table.Table == "events" ? StoredDimension : table.Dimension)];
}
