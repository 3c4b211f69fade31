using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>The alerts of the transactions domain. Thread-safe.</summary>
public sealed class AlertStore(string connectionString)
{
    private const string Highest =
        """
        SELECT a.occurred_at, a.severity, a.score, a.entity_id, t.amount, t.currency, t.channel, t.city, t.country, a.explanation
        FROM anomaly_alerts a
        JOIN financial_transactions t ON t.lane = a.lane AND t.seq = a.seq AND t.occurred_at = a.occurred_at
        WHERE a.domain = 'transactions'
        ORDER BY a.score DESC, a.occurred_at DESC LIMIT @most
        """;

    /// <summary>Number of alerts by severity, the worst first.</summary>
    public async Task<IReadOnlyList<(string Severity, long Count)>> CountBySeverityAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            "SELECT severity, COUNT(*) FROM anomaly_alerts WHERE domain = 'transactions' GROUP BY severity ORDER BY severity + 0 DESC", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var counts = new List<(string Severity, long Count)>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) counts.Add((row.GetString(0), row.GetInt64(1)));
        return counts;
    }

    /// <summary>Number of messages about alerts that wait to be sent.</summary>
    public async Task<long> CountPendingAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand("SELECT COUNT(*) FROM alert_outbox WHERE state = 'pending'", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), null);
    }

    /// <summary>The alerts of the highest scores, the newest first among equals.</summary>
    public async Task<IReadOnlyList<TransactionAlert>> ReadHighestAsync(int most, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(Highest, connection);
        command.Parameters.AddWithValue("@most", most);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var alerts = new List<TransactionAlert>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            alerts.Add(new TransactionAlert(
                DateTime.SpecifyKind(row.GetDateTime(0), DateTimeKind.Utc),
                row.GetString(1),
                row.GetDouble(2),
                row.GetString(3),
                row.GetDecimal(4),
                row.GetString(5),
                row.GetString(6),
                row.IsDBNull(7) ? null : row.GetString(7),
                row.IsDBNull(8) ? null : row.GetString(8),
                row.GetString(9)));
        }

        return alerts;
    }
}
