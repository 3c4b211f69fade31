using System.Text.Json;
using System.Text.Json.Nodes;
using Ecart.Domains.Iot.Outlook;
using Ecart.MariaDb.Tests.Sql;
using Ecart.Numerics;
using Xunit;

namespace Ecart.MariaDb.Tests.Differential;

/// <summary>The outlook of a device in SQL against that of the program, on the same distances.</summary>
public sealed class OutlookDifferentialTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private const double Warning = 5;
    private const double Critical = 8;
    private static readonly DateTime Begin = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);
    private static readonly OutlookOptions Options = new();

    [Fact]
    public async Task SignalOutlook_RandomDevices_EqualsTheProgram()
    {
        var seen = new Dictionary<DeviceStatus, int>();
        int announced = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            (DeviceOutlook expected, JsonObject actual) = await CompareAsync($"device-{seed}", seed);
            string because = $"seed {seed}: {expected} and {actual.ToJsonString()}";
            Assert.True(expected.Status.ToString().Equals((string?)actual["status"], StringComparison.OrdinalIgnoreCase), because);
            RequireEqual(double.IsNaN(expected.FittedNow) ? null : expected.FittedNow, actual["fitted"], because);
            RequireEqual(expected.Score, actual["score"], because);
            RequireEqual(expected.Baseline, actual["baseline"], because);
            RequireEqual(expected.Ratio, actual["ratio"], because);
            RequireEqual(expected.SlopePerHour, actual["slope_per_hour"], because);
            RequireEqual(expected.PValue, actual["p_value"], because);
            RequireEqual(expected.HoursToFailure, actual["hours_to_failure"], because);
            RequireEqual(expected.HoursAtLeast, actual["hours_at_least"], because);
            RequireEqual(expected.HoursAtMost, actual["hours_at_most"], because);
            seen[expected.Status] = seen.GetValueOrDefault(expected.Status) + 1;
            if (expected.HoursToFailure > 0) announced++;
        }

        Assert.Equal(4, seen.Count);
        Assert.True(announced >= 5, $"only {announced} had a failure in sight");
    }

    [Fact]
    public async Task DeviceOutlook_UnknownDevice_NamesIt()
    {
        var error = await Assert.ThrowsAsync<MySqlConnector.MySqlException>(() => database.QueryAsync("CALL device_outlook('nowhere', NULL)"));
        Assert.Equal("No device has a profile under the name 'nowhere'.", error.Message);
    }

    [Fact]
    public async Task DeviceOutlook_KnownDevice_OneRowASignal()
    {
        await CompareAsync("machine", 3);

        SqlRow row = Assert.Single(await database.QueryAsync("CALL device_outlook('machine', NULL)"));

        Assert.Equal("temperature", row.Text("signal_name"));
        Assert.Equal(Critical, row.Number("critical_distance"));
    }

    /// <summary>A device that is well for some weeks, with gaps and hours of its own, and drifts or not.</summary>
    private async Task<(DeviceOutlook Program, JsonObject Sql)> CompareAsync(string device, ulong seed)
    {
        var random = new SeededRandom(seed);
        int hours = random.Next(20, 900);
        double onset = random.Between(170, 700);
        double slope = random.Chance(0.3) ? 0 : random.Between(0.002, 0.03);
        double power = random.Between(0.6, 2);
        double season = random.Between(0, 0.5);
        var trend = new DistanceTrend();
        var rows = new JsonArray();
        for (int i = 0; i < 3 * hours; i++)
        {
            if (random.Chance(0.03)) i += random.Next(9);
            DateTime at = Begin.AddMinutes((20 * i) + random.Next(15));
            double hour = i / 3.0;
            double distance = Math.Max(0, 2 + (season * Math.Sin(2 * Math.PI * hour / 24)) + (0.3 * random.NextNormal())
                + (hour > onset ? slope * 100 * Math.Pow((hour - onset) / 100, power) : 0));
            trend.Add(at, distance, Options);
            rows.Add(new JsonObject { ["seq"] = rows.Count + 1, ["at"] = at.ToString("yyyy-MM-dd HH:mm:ss"), ["distance"] = distance });
        }

        await database.ExecuteAsync(
            """
            INSERT INTO iot_measurements (lane, seq, measurement_id, occurred_at, device_id, signal_name, measurement_type, value, embedding,
                embedding_version, distance_to_profile, configuration_version)
            SELECT @0, t.seq, CONCAT(@1, '-', t.seq), t.at, @1, 'temperature', 'temperature', 20, REPEAT(CHAR(0), 128), 1, t.distance, 1
            FROM JSON_TABLE(@2, '$[*]' COLUMNS (seq INT PATH '$.seq', at DATETIME PATH '$.at', distance DOUBLE PATH '$.distance')) AS t
            """,
            device == "machine" ? 0 : seed, device, rows.ToJsonString());
        await database.ExecuteAsync(
            """
            INSERT INTO iot_device_profiles (device_id, signal_name, measurement_type, centroid, observation_count, distance_mean, distance_std,
                warning_distance, critical_distance, baseline_distance, distance_effects, distance_autocorrelation, embedding_version,
                configuration_version, lane, seq)
            VALUES (@0, 'temperature', 'temperature', REPEAT(CHAR(0), 128), 100, 2, 1, @1, @2, @3, @4, @5, 1, 1, 0, 1)
            """,
            device, Warning, Critical, trend.Baseline?.Level, trend.Baseline is null ? null : JsonSerializer.Serialize(trend.Baseline.Effects),
            trend.Baseline?.Autocorrelation);
        string json = Assert.Single(await database.QueryAsync("SELECT signal_outlook(@0, 'temperature', NULL) AS outlook", device)).Text("outlook")!;
        return (new OutlookEstimator(Options).Estimate(trend, Warning, Critical), JsonNode.Parse(json)!.AsObject());
    }

    private static void RequireEqual(double? expected, JsonNode? actual, string because)
    {
        double? value = (double?)actual;
        if (expected is null || value is null) Assert.True(expected is null && value is null, because);
        else Assert.True(Math.Abs(expected.Value - value.Value) <= 1e-4 * Math.Max(1, Math.Abs(expected.Value)), because);
    }
}
