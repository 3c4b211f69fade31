using MySqlConnector;

namespace Ecart.MariaDb.Calibration;

/// <summary>What calibration has put in force. Thread-safe.</summary>
public sealed class ThresholdStore(string connectionString)
{
    private readonly PooledStore store = new(connectionString);

    /// <summary>The newest versions of a domain, the newest first.</summary>
    public Task<IReadOnlyList<ThresholdVersion>> ReadAsync(string domain, int most, CancellationToken cancellationToken) => store.ReadAsync(
        """
        SELECT t.version, t.thresholds, t.basis, COALESCE(c.is_active, FALSE), t.reason, t.created_by, t.created_at
        FROM threshold_versions t LEFT JOIN configuration_versions c ON c.domain = t.domain AND c.version = t.version
        WHERE t.domain = @domain ORDER BY t.version DESC LIMIT @most
        """,
        Read,
        cancellationToken,
        ("@domain", domain),
        ("@most", most));

    /// <summary>The version that was in force before the one that is; null when there was none, or nobody knows.</summary>
    /// <remarks>The audit log tells it: whatever was made active last before what is active now.</remarks>
    public async Task<int?> FindPreviousAsync(string domain, CancellationToken cancellationToken)
    {
        IReadOnlyList<int> activated = await store.ReadAsync(
            """
            SELECT JSON_VALUE(a.detail, '$.version') + 0 FROM audit_log a
            WHERE a.subject_type = 'configuration' AND a.subject_id = @domain AND a.action = 'activate' AND JSON_VALUE(a.detail, '$.version') IS NOT NULL
            ORDER BY a.audit_id DESC LIMIT 100
            """,
            row => Convert.ToInt32(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture),
            cancellationToken,
            ("@domain", domain)).ConfigureAwait(false);
        return activated.Cast<int?>().Skip(1).FirstOrDefault(version => version != activated[0]);
    }

    private static ThresholdVersion Read(MySqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetString(4), row.GetString(5), row.GetDateTime(6));
}
