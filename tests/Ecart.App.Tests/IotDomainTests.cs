using System.Globalization;
using System.Text;
using Ecart.App.Tests.Programs;
using Ecart.Numerics;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Measurements of devices through the whole program, from JSON lines and CSV to the tables.</summary>
public sealed class IotDomainTests : IDisposable
{
    private const int Hours = 400;
    private readonly TestFolder folder = TestFolder.Create("devices");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Replay_ReadingFarOut_IsFlaggedStoredAndProfilesPublishedOnce()
    {
        string file = WriteJson();

        ProgramResult first = await RunAsync("replay", "--domain", "iot", file);
        ProgramResult again = await RunAsync("replay", "--domain", "iot", "--again", file);
        string[] flagged = await AskAsync("SELECT measurement_id, device_id, signal_name, measurement_type, unit, value, anomaly_type FROM iot_measurements WHERE is_anomaly");
        string[] counts = await AskAsync(
            "SELECT (SELECT COUNT(*) FROM iot_measurements), (SELECT COUNT(*) FROM anomaly_alerts WHERE domain = 'iot'), "
            + "(SELECT COUNT(*) FROM iot_measurements WHERE learned_value IS NOT NULL AND embedding_version = 1)");
        string[] profiles = await AskAsync(
            "SELECT device_id, signal_name, IFNULL(measurement_type, '-'), observation_count >= 200, critical_distance > warning_distance, last_calibration IS NULL "
            + "FROM iot_device_profiles ORDER BY device_id, signal_name");

        Assert.True(first.Code == 0, first.Everything);
        Assert.True(again.Code == 0, again.Everything);
        Assert.Equal(["far\tpump\tmotor\ttemperature\t°C\t90\ttime_series"], flagged);
        Assert.Equal([$"{(2 * Hours) + 1}\t1\t{(2 * Hours) + 1}"], counts);
        Assert.Equal(
            ["fan\t\t-\t1\t1\t1", "fan\tvibration\tvibration\t1\t1\t1", "pump\t\t-\t1\t1\t1", "pump\tmotor\ttemperature\t1\t1\t1"], profiles);
    }

    [Fact]
    public async Task Score_CsvOfOneSignal_WritesDeviceSignalAndValue()
    {
        string output = Path.Combine(folder.Path, "scored.csv");

        ProgramResult result = await RunAsync("score", "--domain", "iot", WriteCsv(), "--out", output);

        Assert.True(result.Code == 0, result.Everything);
        string[] lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.StartsWith("uid,occurred_at,device,signal,value,unit,score", lines[0], StringComparison.Ordinal);
        Assert.Equal(Hours + 1, lines.Length);
        Assert.Contains(",pump,temperature,", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_RecordsThatAreNoMeasurements_AreRejectedByName()
    {
        string file = Path.Combine(folder.Path, "bad.jsonl");
        await File.WriteAllTextAsync(
            file,
            """
            {"device":"pump","signal":"a","value":"warm","ts":"2026-03-02T00:00:00Z"}
            {"device":"pump","signal":"a","ts":"2026-03-02T00:00:00Z"}
            {"device":"pump","value":1,"ts":"2026-03-02T00:00:00Z"}
            {"device":"pump","signal":"a","value":1,"ts":"1970-01-01T00:00:10Z"}
            {"device":"pump","signal":"a","value":1,"ts":"2026-03-02T00:00:00Z"}
            """,
            TestContext.Current.CancellationToken);

        ProgramResult result = await RunAsync("replay", "--domain", "iot", file);
        string[] rejected = await AskAsync("SELECT field, reason FROM rejected_events ORDER BY source_offset");

        Assert.Equal(["value\twrong_type", "value\tmissing_field", "signal\tmissing_field", "occurred_at\tout_of_range"], rejected);
        Assert.Equal(["1"], await AskAsync("SELECT COUNT(*) FROM iot_measurements"));
        Assert.Contains("4", result.Everything, StringComparison.Ordinal);
    }

    private string WriteJson()
    {
        var start = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
        var random = new SeededRandom(1);
        var text = new StringBuilder();
        for (int hour = 0; hour < Hours; hour++)
        {
            DateTime at = start.AddHours(hour);
            text.Append(Line($"a{hour}", at, "pump", "motor", "temperature", "°C", 60 + random.NextNormal()));
            text.Append(Line($"b{hour}", at, "fan", null, "vibration", "mm/s", 2 + (0.1 * random.NextNormal())));
        }

        text.Append(Line("far", start.AddHours(Hours), "pump", "motor", "temperature", "°C", 90));
        string file = Path.Combine(folder.Path, "measurements.jsonl");
        File.WriteAllText(file, text.ToString());
        return file;
    }

    private string WriteCsv()
    {
        var start = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
        var random = new SeededRandom(1);
        var text = new StringBuilder("device_id,type,reading,timestamp\n");
        for (int hour = 0; hour < Hours; hour++)
            text.Append(CultureInfo.InvariantCulture, $"pump,temperature,{20 + random.NextNormal():R},{start.AddHours(hour):yyyy-MM-ddTHH:mm:ssZ}\n");
        string file = Path.Combine(folder.Path, "measurements.csv");
        File.WriteAllText(file, text.ToString());
        return file;
    }

    private static string Line(string uid, DateTime at, string device, string? signal, string type, string unit, double value) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"uid":"{{{uid}}}","device":"{{{device}}}",{{{(signal is null ? "" : $"\"signal\":\"{signal}\",")}}}"measurement_type":"{{{type}}}","value":{{{value:R}}},"unit":"{{{unit}}}","ts":"{{{at:yyyy-MM-ddTHH:mm:ssZ}}}"}""") + "\n";

    private Task<string[]> AskAsync(string sql) => EcartProcess.AskAsync(folder.Path, sql, TestContext.Current.CancellationToken);

    private Task<ProgramResult> RunAsync(params string[] arguments) => EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
