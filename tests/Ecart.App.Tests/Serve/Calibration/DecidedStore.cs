using System.Globalization;
using System.Text;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Serve.Calibration;

/// <summary>Alerts that people decided, as they lie in a store: those of velocity are true, those of night activity false.</summary>
internal static class DecidedStore
{
    /// <summary>Adds them, of today and the days before.</summary>
    public static async Task FillAsync(string connectionString, int each, string entity = "A1")
    {
        var sql = new StringBuilder(
            "INSERT INTO anomaly_alerts (domain, event_uid, lane, seq, occurred_at, entity_type, entity_id, alert_type, severity, score, explanation, status) VALUES ");
        for (int i = 0; i < 2 * each; i++)
        {
            bool isTrue = i % 2 == 0;
            string code = isTrue ? "velocity" : "night_activity";
            string score = (0.5 + (i % 7 * 0.02)).ToString("0.00", CultureInfo.InvariantCulture);
            string name = i == 0 ? entity : $"A{i % 40}";
            sql.Append(CultureInfo.InvariantCulture, $$"""
                ('transactions', 'D{{i}}', 1, {{i}}, UTC_DATE() - INTERVAL {{i % 20}} DAY, 'account', '{{MySqlHelper.EscapeString(name)}}', 'combined', 'medium', {{score}},
                 '{"reason": [{"type": "{{code}}", "score": {{score}}, "detail": "x"}], "features": {}, "threshold": 0.5}', '{{(isTrue ? "confirmed_fraud" : "false_positive")}}'),
                """);
        }

        sql.Length--;
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new MySqlCommand(sql.ToString(), connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
