using System.Globalization;
using System.Text;
using MySqlConnector;

namespace Ecart.App.Tests.Serve.Alerts;

/// <summary>Alerts put into a store as they are, without events behind them.</summary>
internal static class AlertStoreRows
{
    public const string Explanation =
        """
        {"reason":[{"type":"high_amount","score":0.2,"detail":"Amount 60000.00 is above 10000."},{"type":"velocity","score":0.3,"detail":"12 earlier transactions."}],
         "features":{"high_amount":{"observed":60000,"threshold":10000},"velocity":{"observed":12,"expected":0.5,"threshold":3,"significance":0.000001}},"threshold":0.5}
        """;

    /// <summary>Adds so many alerts, a minute apart, of changing severity, score and status.</summary>
    public static async Task AddAsync(string database, int count, string domain = "transactions", string prefix = "U")
    {
        string[] severities = ["low", "medium", "high", "critical"];
        string[] statuses = ["new", "new", "investigating", "resolved", "false_positive"];
        var sql = new StringBuilder(
            "INSERT INTO anomaly_alerts (domain, event_uid, lane, seq, occurred_at, entity_type, entity_id, alert_type, severity, score, explanation, status) VALUES ");
        for (int i = 0; i < count; i++)
        {
            sql.Append(
                CultureInfo.InvariantCulture,
                $"('{domain}', '{prefix}{i}', 1, {i + 1}, '2026-03-01 10:00:00' + INTERVAL {i / 3} MINUTE, 'account', 'A{i % 7}', 'combined', '{severities[i % 4]}', {0.5 + (i % 11 * 0.04)}, '{MySqlHelper.EscapeString(Explanation)}', '{statuses[i % 5]}'),");
        }

        sql.Length--;
        await ExecuteAsync(database, sql.ToString());
    }

    public static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
