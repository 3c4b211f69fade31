using System.Text.Json;
using MySqlConnector;

namespace Ecart.MariaDb.Entities;

/// <summary>The newest events of an entity, whatever its domain. Thread-safe.</summary>
public sealed class EntityEvents(string connectionString)
{
    /// <summary>What all tables of events have, beside its own columns.</summary>
    private const string Verdict = "t.distance_to_profile, t.suppressed_by, JSON_EXTRACT(t.reasons, '$[*].type')";

    private static readonly (string Kind, int Column)[] OfTransaction = [("country", 10), ("category", 11), ("channel", 12), ("merchant", 13)];
    private static readonly (string Kind, int Column)[] OfConnection = [("destination", 10), ("port", 11), ("protocol", 12), ("threat", 13)];
    private static readonly (string Kind, int Column)[] OfMeasurement = [("signal", 10), ("unit", 11)];
    private static readonly (string Kind, int Column)[] OfEvent = [("event_type", 10), ("country", 11), ("resource", 12), ("outcome", 13), ("ip", 14)];
    private readonly PooledStore store = new(connectionString);

    /// <summary>Reads them, the newest first. Empty where events are not found by this type of entity, as devices of transactions.</summary>
    public Task<IReadOnlyList<EntityEvent>> ReadAsync(EntityName name, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        (string Sql, (string, int)[] Traits)? query = (name.Domain, name.EntityType) switch
        {
            ("transactions", "account") => (Transactions("account_id"), OfTransaction),
            ("transactions", "merchant") => (Transactions("merchant_id"), OfTransaction),
            ("network", "ip") => (
                $"""
                 SELECT t.occurred_at, t.connection_id, t.score, t.is_suspicious, t.is_confirmed_threat, HOUR(t.occurred_at), t.bytes_sent + t.bytes_received, {Verdict},
                        t.dst_ip, t.dst_port, t.protocol, t.threat_type
                 FROM network_connections t WHERE t.src_ip = @id ORDER BY t.occurred_at DESC LIMIT @most
                 """,
                OfConnection),
            ("iot", "device") => (
                $"""
                 SELECT t.occurred_at, t.measurement_id, t.score, t.is_anomaly, t.is_confirmed_anomaly, HOUR(t.occurred_at), t.value, {Verdict}, t.signal_name, t.unit
                 FROM iot_measurements t WHERE t.device_id = @id ORDER BY t.occurred_at DESC LIMIT @most
                 """,
                OfMeasurement),
            ("transactions" or "network" or "iot", _) => null,
            _ => (
                $"""
                 SELECT t.occurred_at, t.event_uid, t.score, t.is_anomaly, t.is_confirmed_anomaly,
                        HOUR(t.occurred_at + INTERVAL COALESCE(JSON_VALUE(t.data, '$.utc_offset_minutes'), 0) MINUTE), t.learned_value, {Verdict},
                        t.event_type, JSON_VALUE(t.data, '$.country'), JSON_VALUE(t.data, '$.resource'), JSON_VALUE(t.data, '$.outcome'), t.source_ip
                 FROM events t WHERE t.domain = @domain AND t.entity_type = @type AND t.entity_id = @id ORDER BY t.occurred_at DESC LIMIT @most
                 """,
                OfEvent),
        };
        if (query is not { } asked) return Task.FromResult<IReadOnlyList<EntityEvent>>([]);
        return store.ReadAsync(
            asked.Sql, row => Read(row, asked.Traits), cancellationToken,
            ("@domain", name.Domain), ("@type", name.EntityType), ("@id", name.EntityId), ("@most", most));
    }

    private static string Transactions(string entity) =>
        $"""
         SELECT t.occurred_at, t.transaction_id, t.fraud_score, t.is_flagged, t.is_confirmed_fraud, t.hour_of_day, t.scored_amount, {Verdict}, t.country, t.merchant_category,
                t.channel, t.merchant_id
         FROM financial_transactions t WHERE t.{entity} = @id ORDER BY t.occurred_at DESC LIMIT @most
         """;

    private static EntityEvent Read(MySqlDataReader row, (string Kind, int Column)[] traits)
    {
        var known = new Dictionary<string, string>();
        foreach ((string kind, int column) in traits)
            if (!row.IsDBNull(column)) known[kind] = Convert.ToString(row.GetValue(column), System.Globalization.CultureInfo.InvariantCulture)!;
        return new EntityEvent(
            row.GetDateTime(0), row.GetString(1), Number(row, 2), Number(row, 7), row.GetBoolean(3), row.IsDBNull(8) ? null : row.GetInt64(8),
            row.IsDBNull(4) ? null : row.GetBoolean(4), Convert.ToInt32(row.GetValue(5), System.Globalization.CultureInfo.InvariantCulture), Number(row, 6),
            row.IsDBNull(9) ? [] : JsonSerializer.Deserialize<string[]>(row.GetString(9)) ?? [], known);
    }

    private static double? Number(MySqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : Convert.ToDouble(row.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);
}
