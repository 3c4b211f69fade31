using System.Globalization;
using System.Text;
using System.Text.Json;
using MySqlConnector;

namespace Ecart.TestKit;

/// <summary>Alerts with their outbox rows, as a commit leaves them.</summary>
public static class StoredAlerts
{
    private const int RowsAtATime = 500;

    /// <summary>Stores an alert for each uid.</summary>
    /// <param name="connectionString">The database; migrated.</param>
    /// <param name="uids">Uids of the events.</param>
    /// <param name="severity">Their severity; decides the route as the settings do by default.</param>
    /// <param name="entity">Entity of a uid. Default the same for all.</param>
    /// <param name="domain">Their domain.</param>
    public static async Task AddAsync(
        string connectionString, IEnumerable<string> uids, string severity = "critical", Func<string, string>? entity = null, string domain = "transactions")
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync();
        foreach (string[] some in uids.Chunk(RowsAtATime))
        {
            await using MySqlTransaction transaction = await connection.BeginTransactionAsync();
            var alerts = new StringBuilder(
                "INSERT INTO anomaly_alerts (domain, event_uid, lane, seq, occurred_at, entity_type, entity_id, alert_type, severity, score, explanation) VALUES ");
            var outbox = new StringBuilder("INSERT INTO alert_outbox (domain, event_uid, route, payload) VALUES ");
            foreach (string uid in some)
            {
                string id = entity?.Invoke(uid) ?? "A1";
                alerts.Append(CultureInfo.InvariantCulture, $"('{domain}', '{uid}', 1, 1, '2026-03-01 10:00:00', 'account', '{id}', 'combined', '{severity}', 0.9, '{{}}'),");
                outbox.Append(CultureInfo.InvariantCulture, $"('{domain}', '{uid}', '{RouteOf(severity)}', '{MySqlHelper.EscapeString(Payload(uid, severity, id, domain))}'),");
            }

            foreach (StringBuilder sql in new[] { alerts, outbox })
            {
                sql.Length--;
                await using var command = new MySqlCommand(sql.ToString(), connection, transaction);
                await command.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }
    }

    /// <summary>The message that a commit stores with an alert.</summary>
    public static string Payload(string uid, string severity, string entity, string domain = "transactions") => JsonSerializer.Serialize(new
    {
        event_uid = uid,
        domain,
        entity_type = "account",
        entity_id = entity,
        anomaly_score = 0.9,
        severity,
        reasons = new[]
        {
            new { type = "high_amount", score = 0.3, detail = "Amount 60,000 EUR is above the limit of 50,000 EUR" },
            new { type = "velocity", score = 0.6, detail = "12 transactions within an hour, usually 0.2" },
        },
        timestamp = "2026-03-01T10:00:00Z",
    });

    private static string RouteOf(string severity) => severity switch
    {
        "critical" => "pagerduty",
        "high" => "slack",
        _ => "dashboard",
    };
}
