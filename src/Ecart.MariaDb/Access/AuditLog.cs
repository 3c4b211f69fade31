using System.Text.Json;
using MySqlConnector;

namespace Ecart.MariaDb.Access;

/// <summary>Who did what. Rows are only added: the store refuses to change or delete one. Thread-safe.</summary>
public sealed class AuditLog(string connectionString)
{
    private const int LongestSubject = 255;
    private readonly PooledStore store = new(connectionString);

    /// <summary>Adds a row of its own; changes of the store add theirs in their own transaction.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="action">What was done.</param>
    /// <param name="subjectType">To what kind of thing.</param>
    /// <param name="subjectId">To which; cut to 255 characters.</param>
    /// <param name="detail">More, written as JSON; null for nothing. Never a secret.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task AppendAsync(
        string actor, string action, string subjectType, string subjectId, IReadOnlyDictionary<string, string>? detail, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            async transaction =>
            {
                await AppendAsync(transaction, actor, action, subjectType, subjectId, detail, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>The newest rows, the newest first.</summary>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(int most, CancellationToken cancellationToken) => ReadAsync(long.MaxValue, most, cancellationToken);

    /// <summary>The newest rows of those before one, the newest first.</summary>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(long before, int most, CancellationToken cancellationToken) => store.ReadAsync(
        """
        SELECT audit_id, occurred_at, actor, action, subject_type, subject_id, detail
        FROM audit_log WHERE audit_id < @before ORDER BY audit_id DESC LIMIT @most
        """,
        row => new AuditEntry(
            row.GetInt64(0), row.GetDateTime(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), PooledStore.Text(row, 6)),
        cancellationToken,
        ("@before", before), ("@most", most));

    /// <summary>Adds a row in the transaction of what it tells of.</summary>
    internal static async Task AppendAsync(
        MySqlTransaction transaction,
        string actor,
        string action,
        string subjectType,
        string subjectId,
        IReadOnlyDictionary<string, string>? detail,
        CancellationToken cancellationToken)
    {
        await using MySqlCommand command = PooledStore.Command(
            transaction,
            "INSERT INTO audit_log (actor, action, subject_type, subject_id, detail) VALUES (@actor, @action, @type, @subject, @detail)",
            ("@actor", actor),
            ("@action", action),
            ("@type", subjectType),
            ("@subject", subjectId.Length <= LongestSubject ? subjectId : subjectId[..LongestSubject]),
            ("@detail", detail is null ? null : JsonSerializer.Serialize(detail)));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
