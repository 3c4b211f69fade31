using System.Net;
using System.Text.Json;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Serve.Exceptions;

/// <summary>What an exception would have silenced, before it is made.</summary>
public sealed class ExceptionPreviewTests(MariaDbFixture server)
{
    private const string Preview = "/v1/exceptions/preview";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_Transactions_CountsByEntityPatternAndRuleAndTellsFrauds()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        for (int i = 0; i < 3; i++) await ExceptionApiTests.RaiseAsync(service, $"A{i}", "A1", minute: i);
        await ExceptionApiTests.RaiseAsync(service, "B0", "B1", minute: 5, amount: 90_000);
        await ExecuteAsync(service, "UPDATE anomaly_alerts SET status = 'confirmed_fraud' WHERE event_uid = 'A2'; UPDATE anomaly_alerts SET status = 'false_positive' WHERE event_uid = 'A0'");

        JsonElement entity = await AskAsync(program, "\"entity_type\": \"account\", \"entity_id\": \"A1\"");
        JsonElement narrow = await AskAsync(program, "\"event_uid\": \"B0\", \"radius\": 0.000001");
        JsonElement wide = await AskAsync(program, "\"event_uid\": \"B0\", \"radius\": 2");
        JsonElement ofEvent = await AskAsync(program, "\"rule\": \"amount > 80000 and country = 'FR'\"");
        JsonElement ofHistory = await AskAsync(program, "\"rule\": \"amount_day > 100000\"");
        JsonElement none = await AskAsync(program, "\"entity_type\": \"account\", \"entity_id\": \"A1'; DROP TABLE anomaly_alerts; --\"");

        Assert.Equal((3, 1, 1), (Count(entity, "alerts"), Count(entity, "confirmed_frauds"), Count(entity, "false_positives")));
        Assert.Equal("A2", entity.GetProperty("items")[0].GetProperty("event_uid").GetString());
        Assert.Equal(["B0"], Uids(narrow));
        Assert.Equal(4, Count(wide, "alerts"));
        Assert.Equal(["B0"], Uids(ofEvent));
        // Two of 60,000 came before the third within the day.
        Assert.Equal(["A2"], Uids(ofHistory));
        Assert.True(ofHistory.GetProperty("is_complete").GetBoolean());
        Assert.Equal(0, Count(none, "alerts"));
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM anomaly_exceptions"));
    }

    [Theory]
    [InlineData(
        "network", "ip", "10.0.0.1", "destination_port = 445", "destination_port = 80",
        "INSERT INTO network_connections (lane, seq, connection_id, occurred_at, src_ip, dst_ip, dst_port, protocol, embedding, embedding_version, score, is_suspicious, configuration_version) VALUES (3, 1, 'E1', '2026-03-01 10:00:00', '10.0.0.1', '10.0.0.9', 445, 'tcp', REPEAT(x'0000803f', 64), 1, 0.7, 1, 1)")]
    [InlineData(
        "iot", "device", "pump-1", "value > 90", "value > 99",
        "INSERT INTO iot_measurements (lane, seq, measurement_id, occurred_at, device_id, signal_name, measurement_type, value, embedding, embedding_version, score, is_anomaly, configuration_version) VALUES (3, 1, 'E1', '2026-03-01 10:00:00', 'pump-1', 't', 'temperature', 95, REPEAT(x'0000803f', 32), 1, 0.7, 1, 1)")]
    [InlineData(
        "user_behavior", "user", "ada", "event_type = 'login' and outcome = 'failure'", "event_type = 'logout'",
        "INSERT INTO events (lane, seq, domain, event_uid, occurred_at, entity_type, entity_id, event_type, data, embedding, embedding_version, score, is_anomaly, configuration_version) VALUES (3, 1, 'user_behavior', 'E1', '2026-03-01 10:00:00', 'user', 'ada', 'login', '{\"outcome\": \"failure\"}', REPEAT(x'0000803f', 256), 1, 0.7, 1, 1)")]
    public async Task Preview_OtherDomain_AsksEntityPatternAndRule(string domain, string type, string entity, string rule, string otherRule, string insert)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        await ExecuteAsync(
            service,
            $"""
             INSERT IGNORE INTO lanes (domain, lane) SELECT '{domain}', seq FROM seq_0_to_63;
             UPDATE lanes SET seq = 1 WHERE domain = '{domain}' AND lane = 3;
             {insert};
             INSERT INTO anomaly_alerts (domain, event_uid, lane, seq, occurred_at, entity_type, entity_id, alert_type, severity, score, explanation)
             VALUES ('{domain}', 'E1', 3, 1, '2026-03-01 10:00:00', '{type}', '{entity}', 'rule', 'high', 0.7, JSON_OBJECT())
             """);

        JsonElement byEntity = await AskAsync(program, $"\"entity_type\": \"{type}\", \"entity_id\": \"{entity}\"", domain);
        JsonElement byPattern = await AskAsync(program, "\"event_uid\": \"E1\", \"radius\": 0.5", domain);
        JsonElement byRule = await AskAsync(program, $"\"rule\": \"{rule}\"", domain);
        JsonElement byOther = await AskAsync(program, $"\"rule\": \"{otherRule}\"", domain);

        Assert.Equal([1, 1, 1, 0], new[] { byEntity, byPattern, byRule, byOther }.Select(preview => Count(preview, "alerts")));
    }

    [Fact]
    public async Task Suggestion_ConfirmedFraudNearby_ProposesHalfTheWayAtMost()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        long alert = await ExceptionApiTests.RaiseAsync(service, "A0", "A1");
        for (int i = 0; i < 6; i++) await ExceptionApiTests.RaiseAsync(service, $"far-{i}", "A1", minute: 10 + i, amount: 500_000);
        await ExceptionApiTests.RaiseAsync(service, "fraud", "B1", minute: 2);
        await ExecuteAsync(service, "UPDATE anomaly_alerts SET status = 'confirmed_fraud' WHERE event_uid = 'fraud'");

        (HttpStatusCode status, JsonElement suggestion) = await program.AskAsync("GET", $"/v1/exceptions/suggestion?alert={alert}");

        JsonElement distances = suggestion.GetProperty("distances");
        double fraud = distances.GetProperty("nearest_fraud").GetDouble();
        double proposed = distances.GetProperty("proposed").GetDouble();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(distances.GetProperty("own_nearest").GetDouble() > 0);
        Assert.True(proposed > 0 && proposed <= Math.Max(0.01, fraud / 2) + 0.0005, $"{proposed} of {fraud}");
        Assert.Equal(proposed, suggestion.GetProperty("exception").GetProperty("radius").GetDouble());
    }

    private static async Task<JsonElement> AskAsync(Visitor visitor, string covers, string domain = "transactions")
    {
        (HttpStatusCode status, JsonElement preview) = await visitor.AskAsync("POST", Preview, $$"""{"domain": "{{domain}}", {{covers}}}""");
        Assert.True(status == HttpStatusCode.OK, preview.GetRawText());
        return preview;
    }

    private static int Count(JsonElement preview, string name) => preview.GetProperty(name).GetInt32();

    private static IEnumerable<string?> Uids(JsonElement preview) => preview.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("event_uid").GetString());

    private static async Task ExecuteAsync(RunningService service, string sql)
    {
        await using var connection = new MySqlConnection(service.Database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
