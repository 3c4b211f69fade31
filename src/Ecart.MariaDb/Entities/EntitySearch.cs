namespace Ecart.MariaDb.Entities;

/// <summary>The queries of a search: one a table, each by a key of that and each with no more rows than are wanted.</summary>
internal static class EntitySearch
{
    private static readonly (string Domain, string Type, string Table, string Id, string Where)[] Profiles =
    [
        ("iot", "device", "iot_device_profiles", "device_id", "p.signal_name = ''"),
        ("network", "ip", "network_profiles", "ip_address", "TRUE"),
        ("transactions", "account", "account_spending_profiles", "account_id", "TRUE"),
    ];

    /// <summary>Queries with their parameters.</summary>
    public static IReadOnlyList<(string Sql, (string Name, object? Value)[] Parameters)> Sources(EntityFilter filter)
    {
        var sources = new List<(string, (string, object?)[])>();
        foreach ((string domain, string type, string table, string id, string where) in Profiles)
        {
            if ((filter.Domain ?? domain) != domain || (filter.EntityType ?? type) != type) continue;
            int order = filter.After is { } after ? string.CompareOrdinal($"{domain}\0{type}", $"{after.Domain}\0{after.EntityType}") : 1;
            if (order < 0) continue;
            string goesOn = order == 0 ? $" AND p.{id} > @afterId" : "";
            sources.Add((
                $"""
                 SELECT '{domain}', '{type}', p.{id}, p.observation_count, p.last_updated FROM {table} p
                 WHERE {where}{Prefix(filter, $"p.{id}")}{goesOn} ORDER BY p.{id} LIMIT @most
                 """,
                Parameters(filter)));
        }

        sources.Add((Generic(filter, "normal_profiles", "p.observation_count, p.last_updated", "TRUE"), Parameters(filter)));
        // What has no profile of its own, as merchants: the others are in the tables above.
        sources.Add((
            Generic(
                filter, "entity_history", "NULL, CAST(MAX(p.newest_day) AS DATETIME)",
                "p.entity_type <> 'domain' AND (p.domain, p.entity_type) NOT IN (('transactions', 'account'), ('network', 'ip'), ('iot', 'device'))", isGrouped: true),
            Parameters(filter)));
        return sources;
    }

    private static string Generic(EntityFilter filter, string table, string figures, string where, bool isGrouped = false)
    {
        string domain = filter.Domain is null ? "" : " AND p.domain = @domain";
        string type = filter.EntityType is null ? "" : " AND p.entity_type = @type";
        string goesOn = filter.After is null
            ? ""
            : " AND (p.domain > @afterDomain OR (p.domain = @afterDomain AND (p.entity_type > @afterType OR (p.entity_type = @afterType AND p.entity_id > @afterId))))";
        string group = isGrouped ? "GROUP BY p.domain, p.entity_type, p.entity_id " : "";
        return $"""
                SELECT p.domain, p.entity_type, p.entity_id, {figures} FROM {table} p
                WHERE {where}{domain}{type}{Prefix(filter, "p.entity_id")}{goesOn} {group}ORDER BY p.domain, p.entity_type, p.entity_id LIMIT @most
                """;
    }

    private static string Prefix(EntityFilter filter, string column) => filter.Prefix is null ? "" : $" AND {column} LIKE CONCAT(@prefix, '%')";

    private static (string, object?)[] Parameters(EntityFilter filter) =>
    [
        ("@domain", filter.Domain), ("@type", filter.EntityType), ("@prefix", filter.Prefix is null ? null : Escape(filter.Prefix)), ("@afterDomain", filter.After?.Domain),
        ("@afterType", filter.After?.EntityType), ("@afterId", filter.After?.EntityId), ("@most", filter.Most),
    ];

    /// <summary>A pattern that means the text itself.</summary>
    private static string Escape(string prefix) =>
        prefix.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
