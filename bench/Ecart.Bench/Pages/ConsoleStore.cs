using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecart.Bench.Pipeline;
using Ecart.MariaDb.Access;
using MySqlConnector;

namespace Ecart.Bench.Pages;

/// <summary>A store as it is after months: events by the real pipeline, alerts of every status and severity with the evidence of real ones.</summary>
internal static class ConsoleStore
{
    private const string Explanation =
        """
        {"reason":[{"type":"behavior_distance","score":0.31,"detail":"Behaviour is 3.1 standard deviations from this account's usual (distance 0.812, usual 0.402)."},
        {"type":"amount_anomaly","score":0.22,"detail":"Amount 812.40 is 3.7 standard deviations above this account's usual 43.10."},
        {"type":"night_activity","score":0.15,"detail":"Local time is 03 o'clock, at night."}],
        "features":{"behavior_distance":{"observed":0.812,"expected":0.402,"significance":3.1},"amount_anomaly":{"observed":812.4,"expected":43.1,"significance":3.7},
        "night_activity":{"observed":3}},"threshold":0.5}
        """;

    /// <summary>Fills the store.</summary>
    public static async Task FillAsync(BenchmarkStore store, ConsoleOptions options, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report($"Replaying {options.Events:N0} events of {options.Accounts:N0} accounts");
        await ReplayRun.MeasureAsync(store, new EventStream(options.Events, options.Accounts).Generate(), cancellationToken);
        progress.Report($"Adding alerts up to {options.Alerts:N0}");
        await using MySqlConnection connection = await store.ConnectAsync(cancellationToken);
        // Nine in ten alerts of an old store are closed.
        await ExecuteAsync(
            connection,
            """
            INSERT IGNORE INTO anomaly_alerts (domain, event_uid, lane, seq, occurred_at, entity_type, entity_id, alert_type, severity, score, explanation, status, created_at, updated_at)
            SELECT 'transactions', t.transaction_id, t.lane, t.seq, t.occurred_at, 'account', t.account_id, 'combined', ELT(1 + CRC32(t.transaction_id) % 4, 'medium', 'medium', 'high', 'critical'),
                   ROUND(0.5 + CRC32(t.transaction_id) % 1000 / 2000, 6), @explanation,
                   ELT(1 + CRC32(CONCAT('s', t.transaction_id)) % 20, 'new', 'investigating', 'confirmed_fraud', 'confirmed_fraud', 'confirmed_fraud', 'resolved', 'resolved', 'resolved',
                       'resolved', 'resolved', 'false_positive', 'false_positive', 'false_positive', 'false_positive', 'false_positive', 'false_positive', 'false_positive', 'false_positive', 'false_positive', 'resolved'),
                   t.occurred_at, t.occurred_at + INTERVAL CRC32(t.transaction_id) % 10000 MINUTE
            FROM financial_transactions t WHERE CRC32(CONCAT('a', t.transaction_id)) % 1000 < @promille LIMIT @missing
            """,
            cancellationToken,
            ("@explanation", Explanation),
            ("@promille", Math.Min(1000, (int)(1100.0 * options.Alerts / options.Events) + 1)),
            ("@missing", Math.Max(0, options.Alerts - await CountAsync(connection, "anomaly_alerts", cancellationToken))));
        // What was decided long ago was learned long ago.
        await ExecuteAsync(connection, "UPDATE anomaly_alerts SET labelled_status = status", cancellationToken);
        await ExecuteAsync(connection, "ANALYZE TABLE anomaly_alerts, financial_transactions", cancellationToken);
    }

    /// <summary>How many rows a table has.</summary>
    public static async Task<int> CountAsync(MySqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand($"SELECT COUNT(*) FROM {table}", connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>Numbers of alerts, drawn evenly.</summary>
    public static async Task<IReadOnlyList<long>> DrawAsync(BenchmarkStore store, int count, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await store.ConnectAsync(cancellationToken);
        await using var command = new MySqlCommand("SELECT alert_id FROM anomaly_alerts ORDER BY CRC32(CONCAT('d', alert_id)) LIMIT @count", connection);
        command.Parameters.AddWithValue("@count", count);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<long>();
        while (await row.ReadAsync(cancellationToken)) ids.Add(row.GetInt64(0));
        return ids;
    }

    /// <summary>Makes a key that may see everything.</summary>
    public static async Task<string> MakeKeyAsync(BenchmarkStore store, CancellationToken cancellationToken)
    {
        string key = "ecart_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await new KeyStore(store.ConnectionString).AddAsync("benchmark", AccessRole.Analyst, SHA256.HashData(Encoding.UTF8.GetBytes(key)), "benchmark", cancellationToken);
        return key;
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        await using var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
