using System.Security.Cryptography;
using System.Text;
using Ecart.Domains.Declared;
using Ecart.MariaDb.Schema;
using MySqlConnector;

namespace Ecart.MariaDb.Declared;

/// <summary>
/// What SQL users see of a declared domain: <c>events_NAME</c>, its events with every field as a typed column, and <c>profiles_NAME</c>, the profiles of its
/// entities. Both are views over the generic tables, so that nothing is copied; making them is a migration of the domain, recorded in
/// <c>domain_migrations</c>. Thread-safe, and safe with other processes.
/// </summary>
public sealed class DomainViews(string connectionString)
{
    private const string Prefix = "verdict_";

    private static readonly string[] VerdictColumns =
    [
        "score", "rank_score", "is_anomaly", "severity", "is_late", "distance_to_profile", "reasons", "suppressed_by", "is_confirmed_anomaly", "label_known_at",
        "embedding_version", "configuration_version", "received_at", "lane", "seq",
    ];

    /// <summary>The statements that make the views of a declaration.</summary>
    /// <param name="declaration">Validated: its names are identifiers.</param>
    public static IReadOnlyList<string> Statements(DomainDeclaration declaration)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        HashSet<string> fields = [.. declaration.Fields.Select(field => field.Name)];
        IEnumerable<string> columns =
        [
            Column("event_uid", fields),
            Column("occurred_at", fields),
            .. declaration.Fields.Select(field => $"{Expression(declaration, field)} AS `{field.Name}`"),
            .. VerdictColumns.Select(name => Column(name, fields)),
        ];
        return
        [
            $"CREATE OR REPLACE SQL SECURITY INVOKER VIEW `events_{declaration.Name}` AS\nSELECT\n    {string.Join(",\n    ", columns)}\n"
            + $"FROM events e WHERE e.domain = '{declaration.Name}'",
            $"CREATE OR REPLACE SQL SECURITY INVOKER VIEW `profiles_{declaration.Name}` AS\nSELECT\n    p.entity_id AS `{declaration.Entity}`, p.observation_count, "
            + "p.distance_mean, p.distance_std, p.knn_distance_mean, p.knn_distance_std, p.centroid, p.embedding_version AS layout_version, p.window_days, p.last_updated\n"
            + $"FROM normal_profiles p WHERE p.domain = '{declaration.Name}' AND p.entity_type = '{declaration.Entity}'",
        ];
    }

    /// <summary>Makes the views as a declaration says, unless they are so already.</summary>
    /// <param name="declaration">Validated.</param>
    /// <param name="configurationVersion">Version of the declaration.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Gives up between two statements, which may be repeated.</param>
    /// <returns>False when nothing had to be done.</returns>
    public async Task<bool> ApplyAsync(DomainDeclaration declaration, int configurationVersion, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        IReadOnlyList<string> statements = Statements(declaration);
        string text = string.Join(";\n\n", statements) + ";\n";
        string checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using NamedLock turn = await NamedLock.AcquireAsync(connection, "migrate", null, cancellationToken).ConfigureAwait(false);
        if (await ChecksumAsync(connection, declaration.Name, cancellationToken).ConfigureAwait(false) == checksum) return false;
        foreach (string statement in statements) await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        using var record = new MySqlCommand(
            """
            INSERT INTO domain_migrations (domain, configuration_version, statements, checksum, applied_by)
            VALUES (@domain, @version, @statements, @checksum, @by)
            """,
            connection);
        record.Parameters.AddWithValue("@domain", declaration.Name);
        record.Parameters.AddWithValue("@version", configurationVersion);
        record.Parameters.AddWithValue("@statements", text);
        record.Parameters.AddWithValue("@checksum", checksum);
        record.Parameters.AddWithValue("@by", by);
        await record.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<string?> ChecksumAsync(MySqlConnection connection, string domain, CancellationToken cancellationToken)
    {
        using var command = new MySqlCommand("SELECT checksum FROM domain_migrations WHERE domain = @domain ORDER BY migration_id DESC LIMIT 1", connection);
        command.Parameters.AddWithValue("@domain", domain);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
    }

    /// <summary>A column of every event; where a field has its name, under another one.</summary>
    private static string Column(string name, HashSet<string> fields) => $"e.{name} AS `{(fields.Contains(name) ? Prefix : "")}{name}`";

    private static string Expression(DomainDeclaration declaration, DeclaredFieldOptions field)
    {
        if (field.Name == declaration.Entity) return "e.entity_id";
        string value = $"JSON_VALUE(e.data, '$.{field.Name}')";
        return field.Type switch
        {
            DeclaredFieldType.Number => $"CAST({value} AS DOUBLE)",
            DeclaredFieldType.Condition => $"({value} IN ('true', '1'))",
            _ => $"CAST({value} AS CHAR({field.MaximumLength}))",
        };
    }
}
