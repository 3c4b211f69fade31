using System.Text;
using Ecart.Embedded;
using MySqlConnector;

namespace Ecart.App.Tests.Programs;

/// <summary>What a store holds, as texts that can be compared: everything but the time at which it was written.</summary>
internal sealed class StoreContent
{
    private static readonly (string Name, string Sql)[] Parts =
    [
        ("events",
            """
            SELECT CONCAT_WS('|', lane, seq, transaction_id, account_id, occurred_at, amount, scored_amount, IFNULL(merchant_id, ''), embedding_version,
                   MD5(embedding), IFNULL(fraud_score, 'late'), IFNULL(rank_score, ''), IFNULL(distance_to_profile, ''), surprise, MD5(IFNULL(reasons, '')),
                   is_flagged, severity, is_late, is_learned, IFNULL(is_confirmed_fraud, ''), IFNULL(label_known_at, ''))
            FROM financial_transactions ORDER BY lane, seq
            """),
        ("keys", "SELECT CONCAT_WS('|', HEX(uid_hash), content_hash, lane, seq, occurred_at) FROM event_keys ORDER BY uid_hash"),
        ("labels", "SELECT CONCAT_WS('|', lane, seq, event_uid, is_fraud, IFNULL(previous, ''), known_at) FROM event_labels ORDER BY lane, seq"),
        ("alerts", "SELECT CONCAT_WS('|', event_uid, lane, seq, alert_type, severity, score, MD5(explanation)) FROM anomaly_alerts ORDER BY event_uid"),
        ("outbox", "SELECT CONCAT_WS('|', event_uid, route, MD5(payload)) FROM alert_outbox ORDER BY event_uid, route"),
        ("rejected", "SELECT CONCAT_WS('|', source, source_offset, reason, message) FROM rejected_events ORDER BY source, source_offset, reason"),
        ("lanes", "SELECT CONCAT_WS('|', lane, seq) FROM lanes ORDER BY lane"),
        ("profiles", "SELECT CONCAT_WS('|', account_id, observation_count, mean_amount, distance_mean, distance_std, MD5(centroid), seq) FROM account_spending_profiles ORDER BY account_id"),
    ];

    private readonly Dictionary<string, List<string>> rows = [];

    /// <summary>Rows of a part.</summary>
    public IReadOnlyList<string> this[string part] => rows[part];

    /// <summary>Names of all parts.</summary>
    public static IEnumerable<string> Names => Parts.Select(part => part.Name);

    /// <summary>Starts the private server of a home folder and reads everything.</summary>
    public static async Task<StoreContent> ReadAsync(string home, string database, CancellationToken cancellationToken)
    {
        var options = new EmbeddedMariaDbOptions { DataFolder = Path.Combine(home, "mariadb"), Database = database };
        await using EmbeddedMariaDb server = await EmbeddedMariaDb.StartAsync(options, null, cancellationToken);
        await using var connection = new MySqlConnection(server.ConnectionString + ";Pooling=false;DefaultCommandTimeout=0");
        await connection.OpenAsync(cancellationToken);
        var content = new StoreContent();
        foreach ((string name, string sql) in Parts)
        {
            await using var command = new MySqlCommand(sql, connection);
            await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
            var lines = new List<string>();
            while (await row.ReadAsync(cancellationToken)) lines.Add(Text(row.GetValue(0)));
            content.rows[name] = lines;
        }

        return content;
    }

    private static string Text(object value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : (string)value;
}
