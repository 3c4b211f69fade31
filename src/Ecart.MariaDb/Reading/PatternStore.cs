using Ecart.Detection;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Reads the clusters, signatures and exceptions in force for a domain. Thread-safe.</summary>
public sealed class PatternStore(string connectionString)
{
    /// <summary>Reads them all. The rules of exceptions are read as texts: the domain's engine compiles them and tells which are wrong.</summary>
    public async Task<ReferencePatterns> ReadAsync(string domain, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        List<BehaviorCluster> clusters = await ReadAsync(
            connection,
            "SELECT name, centroid, radius, embedding_version FROM behavior_clusters WHERE domain = @domain AND active = 1 ORDER BY cluster_id",
            domain,
            row => new BehaviorCluster(row.GetString(0), VectorColumn.Read(row, 1).ToArray(), row.GetDouble(2), row.GetInt32(3)),
            cancellationToken).ConfigureAwait(false);
        List<ThreatSignature> signatures = await ReadAsync(
            connection,
            """
            SELECT s.name, s.`vector`, s.radius, s.severity, s.category, s.embedding_version FROM threat_signatures s
            WHERE (s.domain = @domain OR s.domain IS NULL) AND s.active = 1 ORDER BY s.signature_id
            """,
            domain,
            row => new ThreatSignature(
                row.GetString(0), VectorColumn.Read(row, 1).ToArray(), row.GetDouble(2), Enum.Parse<Severity>(row.GetString(3), true), row.GetString(4), row.GetInt32(5)),
            cancellationToken).ConfigureAwait(false);
        List<ExceptionPattern> exceptions = await ReadAsync(
            connection,
            """
            SELECT e.exception_id, e.entity_type, e.entity_id, e.valid_from, e.valid_until, p.pattern, p.radius, p.embedding_version,
                   e.rule_expression
            FROM anomaly_exceptions e LEFT JOIN exception_patterns p USING (exception_id)
            WHERE e.domain = @domain AND e.active = 1 ORDER BY e.exception_id
            """,
            domain,
            ReadException,
            cancellationToken).ConfigureAwait(false);
        return new ReferencePatterns(clusters, signatures, exceptions);
    }

    /// <summary>A text that differs once anything in force for a domain has changed: configuration, models, clusters, signatures, exceptions.</summary>
    public async Task<string> ReadStampAsync(string domain, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            """
            SELECT JSON_ARRAY(
                (SELECT version FROM configuration_versions WHERE domain = @domain AND is_active),
                (SELECT MAX(activation_id) FROM model_activations WHERE domain = @domain),
                (SELECT CONCAT(COUNT(*), ':', COALESCE(BIT_XOR(CRC32(JSON_ARRAY(cluster_id, name, MD5(centroid), radius, embedding_version))), 0))
                 FROM behavior_clusters WHERE domain = @domain AND active),
                (SELECT CONCAT(COUNT(*), ':', COALESCE(BIT_XOR(CRC32(
                     JSON_ARRAY(signature_id, name, category, severity, MD5(`vector`), radius, embedding_version))), 0))
                 FROM threat_signatures WHERE (domain = @domain OR domain IS NULL) AND active),
                (SELECT CONCAT(COUNT(*), ':', COALESCE(BIT_XOR(CRC32(
                     JSON_ARRAY(e.exception_id, e.entity_type, e.entity_id, e.valid_from, e.valid_until, e.rule_expression, MD5(p.pattern), p.radius,
                         p.embedding_version))), 0))
                 FROM anomaly_exceptions e LEFT JOIN exception_patterns p USING (exception_id) WHERE e.domain = @domain AND e.active))
            """,
            connection);
        command.Parameters.AddWithValue("@domain", domain);
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    private static ExceptionPattern ReadException(MySqlDataReader row)
    {
        bool hasPattern = !row.IsDBNull(5);
        return new ExceptionPattern(
            row.GetInt64(0),
            row.IsDBNull(1) ? null : row.GetString(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            DateTime.SpecifyKind(row.GetDateTime(3), DateTimeKind.Utc),
            row.IsDBNull(4) ? null : DateTime.SpecifyKind(row.GetDateTime(4), DateTimeKind.Utc),
            hasPattern ? VectorColumn.Read(row, 5).ToArray() : null,
            hasPattern ? row.GetDouble(6) : 0,
            hasPattern ? row.GetInt32(7) : 0,
            row.IsDBNull(8) ? null : row.GetString(8));
    }

    private static async Task<List<TResult>> ReadAsync<TResult>(
        MySqlConnection connection, string sql, string domain, Func<MySqlDataReader, TResult> read, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        command.Parameters.AddWithValue("@domain", domain);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var results = new List<TResult>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) results.Add(read(row));
        return results;
    }
}
