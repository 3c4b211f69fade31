using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Serve.Entities;

/// <summary>Entities by API and page, in every domain.</summary>
public sealed partial class EntityTests(MariaDbFixture server)
{
    private const string Script = "<script>alert(1)</script>";

    private const string Profiles =
        """
        INSERT INTO account_spending_profiles (account_id, centroid, observation_count, mean_amount, std_amount, max_amount, mean_log_amount, std_log_amount, mean_daily_transactions,
            days_observed, hourly_counts, typical_merchants, typical_countries, typical_hours, distance_mean, distance_std, embedding_version, configuration_version, lane, seq)
        VALUES ('A1', REPEAT(x'0000803f', 128), 40, 30, 10, 80, 3.4, 0.3, 2.5, 20, '[0,0,0,0,0,0,0,0,0,5,20,10,5,0,0,0,0,0,0,0,0,0,0,0]', '["grocery", "travel"]', '["FR", "DE"]', '[10]',
            0.4, 0.1, 1, 1, 0, 1);
        INSERT INTO network_profiles (ip_address, host_type, centroid, observation_count, connections_per_hour, bytes_per_connection, typical_ports, typical_destinations, distance_mean,
            distance_std, embedding_version, configuration_version, lane, seq)
        VALUES ('10.0.0.1', 'server', REPEAT(x'0000803f', 64), 400, 12.5, 4200, '[443, 53]', '["10.0.0.9"]', 1.5, 0.5, 1, 1, 0, 1);
        INSERT INTO network_connections (lane, seq, connection_id, occurred_at, src_ip, dst_ip, dst_port, protocol, embedding, embedding_version, score, distance_to_profile, is_suspicious,
            reasons, configuration_version)
        VALUES (3, 1, 'N1', '2026-03-01 10:00:00', '10.0.0.1', '203.0.113.7', 443, 'tcp', REPEAT(x'0000803f', 64), 1, 0.7, 9, 1, '[{"type": "beaconing", "score": 0.7, "detail": "x"}]', 1);
        INSERT INTO iot_device_profiles (device_id, signal_name, measurement_type, centroid, observation_count, min_value, max_value, mean_value, std_value, distance_mean, distance_std,
            warning_distance, critical_distance, baseline_distance, status, hours_to_failure, hours_at_least, hours_at_most, embedding_version, configuration_version, lane, seq)
        VALUES ('pump-1', '', NULL, REPEAT(x'0000803f', 32), 500, NULL, NULL, NULL, NULL, 1, 0.3, 3, 6, NULL, 'degrading', 50, 30, 90, 1, 1, 0, 1),
               ('pump-1', 'temp', 'temperature', REPEAT(x'0000803f', 32), 500, 20, 80, 45.5, 3.25, 1, 0.3, 3, 6, 1.1, 'degrading', 50, 30, 90, 1, 1, 0, 1);
        INSERT INTO iot_measurements (lane, seq, measurement_id, occurred_at, device_id, signal_name, measurement_type, value, embedding, embedding_version, score, distance_to_profile,
            is_anomaly, configuration_version)
        VALUES (3, 1, 'I1', '2026-03-01 10:00:00', 'pump-1', 'temp', 'temperature', 46, REPEAT(x'0000803f', 32), 1, 0.1, 1.2, 0, 1);
        INSERT INTO normal_profiles (domain, entity_type, entity_id, centroid, observation_count, distance_mean, distance_std, embedding_version, configuration_version, lane, seq)
        VALUES ('user_behavior', 'user', 'ada', REPEAT(x'0000803f', 256), 42, 0.5, 0.1, 1, 1, 0, 1),
               ('user_behavior', 'user', 'a/b?<script>alert(1)</script>%2F', REPEAT(x'0000803f', 256), 42, 0.5, 0.1, 1, 1, 0, 1);
        INSERT INTO events (lane, seq, domain, event_uid, occurred_at, entity_type, entity_id, event_type, data, source_ip, embedding, embedding_version, score, distance_to_profile,
            is_anomaly, configuration_version)
        SELECT 3, seq, 'user_behavior', CONCAT('U', seq), '2026-03-01 09:00:00' + INTERVAL seq MINUTE, 'user', 'ada', 'login', '{"country": "FR", "resource": "ledger"}', '10.1.1.1',
            REPEAT(x'0000803f', 256), 1, 0.1, 0.4 + seq / 20, seq = 12, 1 FROM seq_1_to_12;
        INSERT INTO entity_history (domain, entity_type, entity_id, part, newest_day, days)
        VALUES ('transactions', 'merchant', 'M1', 0, '2026-03-01', CONCAT('[[', TO_DAYS('2026-03-01'), ', 7, 1]]')),
               ('transactions', 'merchant', 'M1', 1, '2026-03-01', CONCAT('[[', TO_DAYS('2026-03-01'), ', 3, 0]]'))
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_PrefixTypeAndCursor_ShowsEachOnceInOrder()
    {
        await using RunningService service = await StartAsync();
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Viewer);

        var seen = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            (_, JsonElement page) = await program.AskAsync("GET", $"/v1/entities?limit=2&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("entity_id").GetString()));
            cursor = page.GetProperty("next").GetString();
        }

        (_, JsonElement users) = await program.AskAsync("GET", "/v1/entities?prefix=ad&entity_type=user");
        (_, JsonElement wild) = await program.AskAsync("GET", "/v1/entities?prefix=%25");
        (_, JsonElement sql) = await program.AskAsync("GET", $"/v1/entities?prefix={Uri.EscapeDataString("' OR 1=1 -- ")}&domain={Uri.EscapeDataString("x' --")}");
        (HttpStatusCode forged, _) = await program.AskAsync("GET", "/v1/entities?cursor=e30x");

        Assert.Equal(["pump-1", "10.0.0.1", "A1", "M1", "a/b?<script>alert(1)</script>%2F", "ada"], seen);
        Assert.Equal("ada", Assert.Single(users.GetProperty("items").EnumerateArray()).GetProperty("entity_id").GetString());
        Assert.Empty(wild.GetProperty("items").EnumerateArray());
        Assert.Empty(sql.GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged);
    }

    [Fact]
    public async Task Find_Account_SaysWhatIsUsualAndHowFarTheNewestWas()
    {
        await using RunningService service = await StartAsync();
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        await service.PostAsync("/v1/events", Posted.Event("T1", amount: 60_000));
        await program.AskAsync("POST", "/v1/exceptions", """{"domain": "transactions", "entity_type": "account", "entity_id": "A1", "reason": "r"}""");

        (HttpStatusCode status, JsonElement report) = await program.AskAsync("GET", "/v1/entities/transactions/account/A1");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(40, report.GetProperty("profile").GetProperty("observation_count").GetInt32());
        Assert.Contains("Most amounts lie between 15.4 and 53.6, 30.0 on average; the largest was 80.0.", Texts(report, "usual"));
        Assert.Contains("It buys mostly at: grocery, travel.", Texts(report, "usual"));
        Assert.Contains(Texts(report, "usual"), text => text.StartsWith("It is mostly active at ", StringComparison.Ordinal) && text.Contains("09:00–11:59", StringComparison.Ordinal));
        Assert.Contains("amount_high", Codes(report, "latest"));
        Assert.Equal("T1", report.GetProperty("events")[0].GetProperty("event_uid").GetString());
        Assert.Single(report.GetProperty("alerts").EnumerateArray());
        Assert.Single(report.GetProperty("exceptions").EnumerateArray());
    }

    [Theory]
    [InlineData("network/ip/10.0.0.1", "It behaves like a server.", "Beacons to", "203.0.113.7", "9.00 from the usual, beyond 3.00 (3.00 times as far)")]
    [InlineData("iot/device/pump-1", "temp is usually 45.5 ± 3.25", "degrading", "in about 50 hours (30 to 90)", "1.20 from the usual, within 3.00: normal")]
    [InlineData("user_behavior/user/ada", "Usual resources: ledger.", "Usual countries: FR.", "Usual addresses: 10.1.1.1.", "Its profile holds 42 normal events")]
    [InlineData("transactions/merchant/M1", "Days with events: 1; events: 10; confirmed frauds: 1. The newest day is 2026-03-01", "It has no profile of its own", "By day", "Alerts")]
    public async Task Page_OfAnyDomain_TellsItInWordsAndPlots(string path, params string[] expected)
    {
        await using RunningService service = await StartAsync();
        using Visitor vera = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);

        using HttpResponseMessage answer = await vera.GetAsync("/console/entities/" + path);
        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_IdWithSlashMarkupAndPercent_IsReachedFromTheListAndEscaped()
    {
        await using RunningService service = await StartAsync();
        using Visitor vera = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);

        using HttpResponseMessage list = await vera.GetAsync("/console/entities?prefix=" + Uri.EscapeDataString("a/b?"));
        string listed = await list.Content.ReadAsStringAsync(Cancellation);
        string address = WebUtility.HtmlDecode(Link().Match(listed).Groups[1].Value);
        using HttpResponseMessage answer = await vera.GetAsync(address);
        string page = await answer.Content.ReadAsStringAsync(Cancellation);
        using HttpResponseMessage missing = await vera.GetAsync("/console/entities/transactions/account/" + Uri.EscapeDataString(Script));
        using HttpResponseMessage strange = await vera.GetAsync("/console/entities/" + new string('x', 3000) + "/a/b");
        using HttpResponseMessage filters = await vera.GetAsync($"/console/entities?prefix={Uri.EscapeDataString(Script)}&domain={Uri.EscapeDataString(Script)}&cursor={Uri.EscapeDataString(Script)}&limit=x");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("42 normal events", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Script, listed + page + await missing.Content.ReadAsStringAsync(Cancellation) + await filters.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK], new[] { missing.StatusCode, strange.StatusCode, filters.StatusCode });
    }

    private async Task<RunningService> StartAsync()
    {
        RunningService service = await RunningService.StartAsync(server);
        await using var connection = new MySqlConnection(service.Database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(Profiles, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        return service;
    }

    private static IEnumerable<string> Texts(JsonElement report, string part) => report.GetProperty(part).EnumerateArray().Select(fact => fact.GetProperty("text").GetString()!);

    private static IEnumerable<string?> Codes(JsonElement report, string part) => report.GetProperty(part).EnumerateArray().Select(fact => fact.GetProperty("code").GetString());

    [GeneratedRegex("<td><a href=\"([^\"]*/console/entities/[^\"]*)\"")]
    private static partial Regex Link();
}
