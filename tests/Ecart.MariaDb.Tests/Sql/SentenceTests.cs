using System.Text.Json;
using Ecart.Scoring;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>The SQL evidence reads like the program's.</summary>
public sealed class SentenceTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Theory]
    [InlineData("ecart_behavior_distance(s, 0.8123, 0.4, 0.1)")]
    [InlineData("ecart_amount_anomaly(s, 5000, 3.8, 0.5)")]
    [InlineData("ecart_velocity(s, 5, 0, 0)")]
    [InlineData("ecart_velocity(s, 40, 3, 30)")]
    [InlineData("ecart_impossible_travel(s, 30, 48.85, 2.35, 'FR', 40.7, -74, 'US')")]
    [InlineData("ecart_impossible_travel(s, 119.2, 48.85, 2.35, 'FR', NULL, -74, 'US')")]
    [InlineData("ecart_amount_limit(s, 'high_amount', 12345.678)")]
    [InlineData("ecart_amount_limit(s, 'very_high_amount', 60000)")]
    [InlineData("ecart_night_activity(s, 3)")]
    [InlineData("ecart_entity_history(s, 'device', 20, 8, 1000, 5)")]
    [InlineData("ecart_new_profile(s, 4)")]
    public async Task Evidence_AnyDetector_SpeaksAsTheProgram(string call)
    {
        SqlRow row = (await database.QueryAsync($"SELECT {call} AS evidence FROM (SELECT ecart_settings('transactions') AS s) AS t"))[0];
        using JsonDocument document = JsonDocument.Parse(row.Text("evidence")!);
        JsonElement json = document.RootElement;
        var evidence = new Evidence(
            json.GetProperty("code").GetString()!,
            Number(json, "contribution"),
            Number(json, "observed"),
            Number(json, "expected"),
            Number(json, "threshold"),
            Number(json, "significance"),
            json.GetProperty("subject").GetString());
        Assert.Equal(EvidenceText.Describe(in evidence), json.GetProperty("detail").GetString());
    }

    private static double Number(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;
}
