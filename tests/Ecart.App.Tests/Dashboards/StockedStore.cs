using System.Globalization;
using System.Text;
using Ecart.App.Tests.Programs;
using Ecart.Numerics;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Dashboards;

/// <summary>A store with a month of three domains as <c>ecart replay</c> stores it, with what people and routes did, and a user who may read what dashboards show.</summary>
public sealed class StockedStore(MariaDbFixture server) : IAsyncLifetime
{
    private const string Reader = "ecart_test_reader";
    private const int Hours = 480;
    private readonly TestFolder folder = TestFolder.Create("dashboards");
    private readonly SeededRandom random = new(7);
    private string owner = "";

    /// <summary>Begin of the data.</summary>
    public static DateTimeOffset From { get; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>After the end of the data.</summary>
    public static DateTimeOffset To { get; } = From.AddDays(31);

    /// <summary>The database, as the user of deploy/grafana/reader.sql.</summary>
    public string Database { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string database = owner = await server.CreateDatabaseAsync("dashboards", Cancellation);
        await ReplayAsync(database, "transactions", Write("transactions.csv", Transactions()));
        await ReplayAsync(database, "network", Write("conn.log", Connections()));
        await ReplayAsync(database, "iot", Write("measurements.jsonl", Measurements()));
        await ExecuteAsync(database, Done);
        string rights = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "deploy/grafana/reader.sql"), Cancellation);
        await ExecuteAsync(database, $"CREATE OR REPLACE USER {Reader}@'%' IDENTIFIED BY '{Reader}'");
        await ExecuteAsync(database, rights.Replace("grafana@'%'", $"{Reader}@'%'", StringComparison.Ordinal));
        Database = new MySqlConnectionStringBuilder(database) { UserID = Reader, Password = Reader }.ConnectionString;
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a statement as Grafana's data source does, in UTC.</summary>
    /// <returns>How many rows it gave, and the names of its columns.</returns>
    public async Task<(int Rows, IReadOnlyList<string> Columns)> AskAsync(string sql)
    {
        await using var connection = new MySqlConnection(Database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand("SET time_zone = '+00:00'; " + sql, connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(Cancellation);
        int rows = 0;
        while (await reader.ReadAsync(Cancellation)) rows++;
        return (rows, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
    }

    /// <summary>The partitions that a statement reads.</summary>
    public async Task<IReadOnlyList<string>> ReadPartitionsAsync(string sql)
    {
        await using var connection = new MySqlConnection(owner);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand("EXPLAIN PARTITIONS " + sql, connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(Cancellation);
        var partitions = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            if (reader["partitions"] is string { Length: > 0 } text) partitions.AddRange(text.Split(','));
        }

        return partitions;
    }

    /// <summary>What people, routes and other sensors have done, which no replay does.</summary>
    private const string Done =
        """
        UPDATE anomaly_alerts SET status = ELT(1 + alert_id MOD 5, 'new', 'investigating', 'confirmed_fraud', 'false_positive', 'resolved'),
            assigned_to = IF(alert_id MOD 2, 'ada', NULL), created_at = occurred_at, updated_at = occurred_at + INTERVAL 3 HOUR;
        INSERT INTO verdict_history (alert_id, domain, event_uid, from_status, to_status, score, decided_by, decided_at)
            SELECT alert_id, domain, event_uid, 'new', status, score, 'ada', occurred_at + INTERVAL 2 HOUR FROM anomaly_alerts WHERE status <> 'new';
        INSERT INTO event_labels (lane, seq, domain, event_uid, occurred_at, is_fraud, known_at, source)
            SELECT lane, seq + 1000000, domain, event_uid, occurred_at, status = 'confirmed_fraud', occurred_at + INTERVAL 3 DAY, 'chargeback' FROM anomaly_alerts;
        UPDATE rejected_events SET received_at = '2026-03-02';
        INSERT INTO anomaly_exceptions (domain, exception_type, reason, approved_by) VALUES ('transactions', 'whitelist', 'payroll', 'ada');
        INSERT INTO threat_signatures (name, category, severity, domain, `vector`, radius, embedding_version)
            VALUES ('a scanner', 'scan', 'high', 'network', REPEAT(CHAR(0), 1024), 0.2, 1);
        INSERT INTO alert_deliveries (thread_id, route, action, severity, state, attempts, last_error)
            VALUES (1, 'slack', 'trigger', 'high', 'delivered', 1, NULL), (2, 'slack', 'trigger', 'critical', 'failed', 8, '403 Forbidden');
        """;

    private static IEnumerable<string> Joined(string heading, IEnumerable<string> lines) => lines.Prepend(heading);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Small payments, and once in a while one that is far too large.</summary>
    private IEnumerable<string> Transactions() => Joined(
        "uid,account,occurred_at,amount,merchant,category,channel,country",
        Enumerable.Range(0, 2500).Select(i => i % 100 == 99
            ? Text($"t{i},A{i % 20},{Time(From.AddMinutes(12 * i))},{30_000 + (10 * i)},M{i % 7},jewels,online,RO")
            : Text($"t{i},A{i % 20},{Time(From.AddMinutes(12 * i))},{20 + (5 * Math.Abs(random.NextNormal())):F2},M{i % 7},food,pos,FR")));

    /// <summary>Twenty hosts that ask two servers, and one that tries the ports of a third.</summary>
    private static IEnumerable<string> Connections() => Enumerable.Range(0, 1500)
        .Select(i => Connection($"C{i}", From.AddMinutes(15 * i), $"10.0.0.{1 + (i % 20)}", i % 2 == 0 ? "198.51.100.7" : "10.0.1.1", 443, "SF", 900 + (i % 50)))
        .Concat(Enumerable.Range(0, 80).Select(i => Connection($"scan{i}", From.AddDays(20).AddSeconds(i), "10.0.0.99", "10.0.1.9", 1 + (i * 17), "REJ", 0)));

    private static string Connection(string uid, DateTimeOffset at, string source, string destination, int port, string state, int sent) => Text(
        $$"""{"ts":{{at.ToUnixTimeSeconds()}},"uid":"{{uid}}","id.orig_h":"{{source}}","id.orig_p":40000,"id.resp_h":"{{destination}}","id.resp_p":{{port}},"proto":"tcp","duration":0.2,"orig_bytes":{{sent}},"resp_bytes":{{5 * sent}},"conn_state":"{{state}}","orig_pkts":3,"resp_pkts":3}""");

    /// <summary>A motor that gets warmer after two weeks, a fan that does not, a reading far out, and one that is no number.</summary>
    private IEnumerable<string> Measurements()
    {
        for (int hour = 0; hour < Hours; hour++)
        {
            yield return Measurement($"p{hour}", hour, "pump", "motor", "temperature", "°C", 60 + random.NextNormal() + (Math.Max(0, hour - 400) * 0.05));
            yield return Measurement($"f{hour}", hour, "fan", "speed", "vibration", "mm/s", 2 + (0.1 * random.NextNormal()));
        }

        yield return Measurement("far", Hours, "pump", "motor", "temperature", "°C", 95);
        yield return """{"device":"pump","signal":"a","value":"warm","ts":"2026-03-02T00:00:00Z"}""";
    }

    private static string Measurement(string uid, int hour, string device, string signal, string type, string unit, double value) => Text(
        $$"""{"uid":"{{uid}}","device":"{{device}}","signal":"{{signal}}","measurement_type":"{{type}}","value":{{value:R}},"unit":"{{unit}}","ts":"{{Time(From.AddHours(hour))}}"}""");

    private string Write(string name, IEnumerable<string> lines)
    {
        string file = Path.Combine(folder.Path, name);
        File.WriteAllText(file, string.Join('\n', lines) + "\n", new UTF8Encoding(false));
        return file;
    }

    private async Task ReplayAsync(string database, string domain, string file)
    {
        using EcartProcess process = EcartProcess.StartOn(database, folder.Path, "replay", "--domain", domain, file);
        ProgramResult result = await process.WaitAsync(Cancellation);
        Assert.True(result.Code is 0 or 3, result.Everything);
    }
}
