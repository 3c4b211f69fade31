using System.Globalization;
using System.Text.Json;
using Ecart.MariaDb.Access;
using MySqlConnector;

namespace Ecart.MariaDb.Exceptions;

/// <summary>
/// The exceptions that people make. Every change is in the audit log, in its own transaction, and reaches a running service by its next look. Thread-safe.
/// </summary>
public sealed class ExceptionStore(string connectionString)
{
    private const string Subject = "exception";

    private const string StateOf =
        """
        CASE WHEN e.revoked_at IS NOT NULL THEN 'revoked' WHEN e.is_pending THEN 'pending' WHEN NOT e.active THEN 'revoked'
             WHEN e.valid_until <= UTC_TIMESTAMP(6) THEN 'expired' WHEN e.valid_from > UTC_TIMESTAMP(6) THEN 'scheduled' ELSE 'active' END
        """;

    private const string Select =
        $"""
        SELECT e.exception_id, e.domain, {StateOf}, e.exception_type, e.entity_type, e.entity_id, p.radius, p.embedding_version, e.rule_expression, e.reason, e.alert_id,
               e.valid_from, e.valid_until, e.created_by, e.created_at, e.approved_by, e.approved_at, e.revoked_by, e.revoked_at, e.revoke_reason, e.hit_count, e.last_hit_at
        FROM anomaly_exceptions e LEFT JOIN exception_patterns p USING (exception_id)
        """;

    private readonly PooledStore store = new(connectionString);

    /// <summary>Stores an exception. It is in force at once, or waits for a second person where its draft says so.</summary>
    /// <param name="draft">A checked one.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <returns>Its number.</returns>
    public Task<long> AddAsync(ExceptionDraft draft, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return store.ChangeAsync(
            async transaction =>
            {
                long id = await InsertAsync(transaction, draft, by, cancellationToken).ConfigureAwait(false);
                if (draft.Pattern is { } pattern) await InsertAsync(transaction, id, pattern, cancellationToken).ConfigureAwait(false);
                await TellAsync(transaction, by, draft.NeedsApproval ? "propose" : "create", id, draft.Reason, cancellationToken).ConfigureAwait(false);
                return id;
            },
            cancellationToken);
    }

    /// <summary>Approves one that waits. It is in force from then on.</summary>
    public Task<ExceptionChange> ApproveAsync(long id, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            if (await LockAsync(transaction, id, cancellationToken).ConfigureAwait(false) is not { } found) return ExceptionChange.Missing;
            if (!found.IsPending || found.IsRevoked) return ExceptionChange.NotNow;
            if (string.Equals(found.CreatedBy, by, StringComparison.OrdinalIgnoreCase)) return ExceptionChange.SamePerson;
            await PooledStore.ExecuteAsync(
                transaction,
                "UPDATE anomaly_exceptions SET active = TRUE, is_pending = FALSE, approved_by = @by, approved_at = UTC_TIMESTAMP(6) WHERE exception_id = @id",
                cancellationToken,
                ("@id", id), ("@by", by)).ConfigureAwait(false);
            await TellAsync(transaction, by, "approve", id, null, cancellationToken).ConfigureAwait(false);
            return ExceptionChange.Done;
        },
        cancellationToken);

    /// <summary>Takes one back, be it in force, waiting or expired. It silences nothing from then on; what it silenced stays visible.</summary>
    public Task<ExceptionChange> RevokeAsync(long id, string reason, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            if (await LockAsync(transaction, id, cancellationToken).ConfigureAwait(false) is not { } found) return ExceptionChange.Missing;
            if (found.IsRevoked) return ExceptionChange.NotNow;
            await PooledStore.ExecuteAsync(
                transaction,
                """
                UPDATE anomaly_exceptions SET active = FALSE, is_pending = FALSE, revoked_by = @by, revoked_at = UTC_TIMESTAMP(6), revoke_reason = @reason
                WHERE exception_id = @id
                """,
                cancellationToken,
                ("@id", id), ("@by", by), ("@reason", reason)).ConfigureAwait(false);
            await TellAsync(transaction, by, "revoke", id, reason, cancellationToken).ConfigureAwait(false);
            return ExceptionChange.Done;
        },
        cancellationToken);

    /// <summary>Finds one; null when there is none.</summary>
    public async Task<ExceptionRow?> FindAsync(long id, CancellationToken cancellationToken) =>
        (await store.ReadAsync($"{Select} WHERE e.exception_id = @id", Read, cancellationToken, ("@id", id)).ConfigureAwait(false)) is [var found] ? found : null;

    /// <summary>Lists them, the newest first.</summary>
    public Task<IReadOnlyList<ExceptionRow>> ReadAsync(ExceptionFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var where = new List<string> { "TRUE" };
        if (filter.Domain is not null) where.Add("e.domain = @domain");
        if (filter.EntityId is not null) where.Add("e.entity_id = @entity");
        if (filter.State is not null) where.Add($"{StateOf} = @state");
        if (filter.Text is not null) where.Add("(LOCATE(@text, e.reason) > 0 OR LOCATE(@text, e.rule_expression) > 0)");
        if (filter.Before is not null) where.Add("e.exception_id < @before");
        return store.ReadAsync(
            $"{Select} WHERE {string.Join(" AND ", where)} ORDER BY e.exception_id DESC LIMIT @most",
            Read,
            cancellationToken,
            ("@domain", filter.Domain), ("@entity", filter.EntityId), ("@state", filter.State is { } state ? NameOf(state) : null), ("@text", filter.Text),
            ("@before", filter.Before), ("@most", filter.Most));
    }

    /// <summary>Those not revoked that an entity's events are asked against: its own and those of all entities. The newest first, at most 100.</summary>
    public Task<IReadOnlyList<ExceptionRow>> ReadOfEntityAsync(string domain, string entityType, string entityId, CancellationToken cancellationToken) => store.ReadAsync(
        $"""
        {Select} WHERE e.domain = @domain AND (e.entity_type IS NULL OR e.entity_type = @type) AND (e.entity_id IS NULL OR e.entity_id = @entity)
          AND e.revoked_at IS NULL ORDER BY e.exception_id DESC LIMIT 100
        """,
        Read,
        cancellationToken,
        ("@domain", domain), ("@type", entityType), ("@entity", entityId));

    /// <summary>Events that an exception silenced, the newest first.</summary>
    /// <param name="id">The exception.</param>
    /// <param name="after">Where the list goes on; null for its beginning.</param>
    /// <param name="most">Most rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<SilencedEvent>> ReadSilencedAsync(long id, SilencedEventPosition? after, int most, CancellationToken cancellationToken) => store.ReadAsync(
        $"""
        SELECT h.occurred_at, h.domain, h.lane, h.seq, h.event_uid, h.entity_type, h.entity_id, h.score, h.severity FROM exception_hits h
        WHERE h.exception_id = @id
          {(after is null ? "" : "AND (h.occurred_at < @at OR (h.occurred_at = @at AND (h.lane < @lane OR (h.lane = @lane AND h.seq < @seq))))")}
        ORDER BY h.occurred_at DESC, h.lane DESC, h.seq DESC LIMIT @most
        """,
        row => new SilencedEvent(
            row.GetDateTime(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetDouble(7), row.GetString(8)),
        cancellationToken,
        ("@id", id), ("@at", after?.OccurredAt), ("@lane", after?.Lane), ("@seq", after?.Seq), ("@most", most));

    private static async Task<long> InsertAsync(MySqlTransaction transaction, ExceptionDraft draft, string by, CancellationToken cancellationToken)
    {
        await using MySqlCommand insert = PooledStore.Command(
            transaction,
            """
            INSERT INTO anomaly_exceptions
                (domain, entity_type, entity_id, exception_type, rule_expression, reason, created_by, alert_id, approved_by, approved_at, valid_from, valid_until, active, is_pending)
            VALUES (@domain, @type, @entity, @kind, @rule, @reason, @by, @alert, IF(@pending, NULL, @by), IF(@pending, NULL, UTC_TIMESTAMP(6)), @from, @until, NOT @pending, @pending)
            """,
            ("@domain", draft.Domain), ("@type", draft.EntityType), ("@entity", draft.EntityId), ("@kind", NameOf(draft.Kind)), ("@rule", draft.Rule), ("@reason", draft.Reason),
            ("@by", by), ("@alert", draft.AlertId), ("@from", draft.ValidFrom), ("@until", draft.ValidUntil), ("@pending", draft.NeedsApproval));
        await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return insert.LastInsertedId;
    }

    private static async Task InsertAsync(MySqlTransaction transaction, long id, ExceptionPatternPart pattern, CancellationToken cancellationToken)
    {
        await using MySqlCommand insert = PooledStore.Command(
            transaction,
            "INSERT INTO exception_patterns (exception_id, pattern, radius, embedding_version) VALUES (@id, @pattern, @radius, @version)",
            ("@id", id), ("@radius", pattern.Radius), ("@version", pattern.EmbeddingVersion));
        insert.Parameters.Add(new MySqlParameter("@pattern", MySqlDbType.Vector) { Value = pattern.Vector });
        await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(bool IsPending, bool IsRevoked, string? CreatedBy)?> LockAsync(MySqlTransaction transaction, long id, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = PooledStore.Command(
            transaction, "SELECT is_pending, revoked_at IS NOT NULL OR NOT (active OR is_pending), created_by FROM anomaly_exceptions WHERE exception_id = @id FOR UPDATE", ("@id", id));
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        return (row.GetBoolean(0), row.GetBoolean(1), PooledStore.Text(row, 2));
    }

    private static Task TellAsync(MySqlTransaction transaction, string by, string action, long id, string? reason, CancellationToken cancellationToken) => AuditLog.AppendAsync(
        transaction, by, action, Subject, id.ToString(CultureInfo.InvariantCulture), reason is null ? null : new Dictionary<string, string> { ["reason"] = reason }, cancellationToken);

    private static ExceptionRow Read(MySqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), Of<ExceptionState>(row.GetString(2)), Of<ExceptionKind>(row.GetString(3)), PooledStore.Text(row, 4), PooledStore.Text(row, 5),
        row.IsDBNull(6) ? null : row.GetDouble(6), row.IsDBNull(7) ? null : row.GetInt32(7), PooledStore.Text(row, 8), row.GetString(9),
        row.IsDBNull(10) ? null : row.GetInt64(10), row.GetDateTime(11), PooledStore.Time(row, 12), PooledStore.Text(row, 13), row.GetDateTime(14), PooledStore.Text(row, 15),
        PooledStore.Time(row, 16), PooledStore.Text(row, 17), PooledStore.Time(row, 18), PooledStore.Text(row, 19), row.GetInt64(20), PooledStore.Time(row, 21));

    private static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static TEnum Of<TEnum>(string name)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
