using System.Globalization;
using System.Text;
using Ecart.App.Tests.Programs;
using Ecart.Numerics;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Devices calibrated on what is stored, and then watched by that.</summary>
public sealed class DevicesCommandTests : IDisposable
{
    private const int Rows = 600;
    private readonly TestFolder folder = TestFolder.Create("calibration");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Calibrate_StoredRows_AreWatchedTogetherFromThenOn()
    {
        ProgramResult empty = await RunAsync("devices", "list");
        ProgramResult nobody = await RunAsync("devices", "calibrate");
        Assert.Equal(0, (await RunAsync("replay", "--domain", "iot", Write("first", 0, Rows, leak: 0))).Code);
        ProgramResult before = await RunAsync("devices", "list");

        ProgramResult unknown = await RunAsync("devices", "calibrate", "--device", "fan");
        ProgramResult calibrated = await RunAsync("devices", "calibrate", "--reason", "new pump");
        ProgramResult again = await RunAsync("devices", "calibrate", "--device", "pump", "--from", "2026-03-02T01:00:00", "--to", "2026-03-02T09:00:00");
        ProgramResult after = await RunAsync("devices", "list");
        Assert.Equal(0, (await RunAsync("replay", "--domain", "iot", Write("second", Rows, 60, leak: 6))).Code);

        Assert.Contains("no measurements yet", empty.Everything, StringComparison.Ordinal);
        Assert.NotEqual(0, nobody.Code);
        Assert.Contains("LEARNING", before.Everything, StringComparison.Ordinal);
        Assert.NotEqual(0, unknown.Code);
        Assert.Contains("'fan'", unknown.Everything, StringComparison.Ordinal);
        Assert.True(calibrated.Code == 0, calibrated.Everything);
        Assert.Contains("Calibration 101 of 1 devices is in force", calibrated.Everything, StringComparison.Ordinal);
        Assert.Contains("watched together by 600 rows", calibrated.Everything, StringComparison.Ordinal);
        Assert.True(again.Code == 0, again.Everything);
        Assert.Contains("watched together by 481 rows", again.Everything, StringComparison.Ordinal);
        Assert.Contains("UNKNOWN    pump  flow", after.Everything, StringComparison.Ordinal);
        Assert.Contains("NORMAL     pump  speed", (await RunAsync("devices", "list")).Everything, StringComparison.Ordinal);
        Assert.Equal(
            ["pump\t\t2026-03-02 09:00:00", "pump\tflow\t2026-03-02 09:00:00", "pump\tspeed\t2026-03-02 09:00:00"],
            await AskAsync("SELECT device_id, signal_name, last_calibration FROM iot_device_profiles ORDER BY signal_name"));
        Assert.Equal(["1"], await AskAsync("SELECT COUNT(*) > 0 FROM iot_measurements WHERE is_anomaly AND anomaly_type = 'joint_process' AND measurement_id LIKE 'second%'"));
        Assert.Equal(["calibration\t101\tnew pump", "calibration\t102\tCalibrated on stored normal measurements."],
            await AskAsync("SELECT slot, version, reason FROM model_activations WHERE domain = 'iot' ORDER BY activation_id"));
    }

    [Fact]
    public async Task Calibrate_FaultThatGoesOnOrLessTimeThanBefore_Warns()
    {
        Assert.Equal(0, (await RunAsync("replay", "--domain", "iot", Write("healthy", 0, 400, leak: 0), Write("leaking", 400, 200, leak: 40))).Code);

        ProgramResult healthy = await RunAsync("devices", "calibrate", "--to", "2026-03-02T06:30");
        ProgramResult faultAlone = await RunAsync("devices", "calibrate", "--from", "2026-03-02T07:00", "--to", "2026-03-02T09:50");
        ProgramResult fault = await RunAsync("devices", "calibrate");

        Assert.True(healthy.Code == 0, healthy.Everything);
        Assert.DoesNotContain("warning", healthy.Everything.Replace("warning at", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(fault.Code == 0, fault.Everything);
        Assert.Contains("warning: pump, signal 'flow': its level went from about ", fault.Errors, StringComparison.Ordinal);
        Assert.Contains("by --from and --to", fault.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("signal 'speed'", fault.Errors, StringComparison.Ordinal);
        Assert.Contains("signal 'flow': its mean is ", faultAlone.Errors, StringComparison.Ordinal);
        Assert.Contains("pump: this calibration is of 2.8 hours, the one that it replaces is of 6.5 hours", faultAlone.Errors, StringComparison.Ordinal);
    }

    /// <summary>A pump whose flow follows its speed, in rows of a minute; a leak takes from the flow.</summary>
    private string Write(string name, int first, int rows, double leak)
    {
        var start = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
        var random = new SeededRandom((ulong)first + 1);
        var text = new StringBuilder();
        double speed = 0;
        for (int row = 0; row < rows; row++)
        {
            speed = (0.9 * speed) + (0.4 * random.NextNormal());
            DateTime at = start.AddMinutes(first + row);
            text.Append(Line($"{name}-s{row}", at, "speed", "other", 1500 + (100 * speed)));
            text.Append(Line($"{name}-f{row}", at, "flow", "flow", 30 + (5 * speed) + (0.3 * random.NextNormal()) - leak));
        }

        string file = Path.Combine(folder.Path, name + ".jsonl");
        File.WriteAllText(file, text.ToString());
        return file;
    }

    private static string Line(string uid, DateTime at, string signal, string type, double value) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"uid":"{{{uid}}}","device":"pump","signal":"{{{signal}}}","measurement_type":"{{{type}}}","value":{{{value:R}}},"ts":"{{{at:yyyy-MM-ddTHH:mm:ssZ}}}"}""") + "\n";

    private Task<string[]> AskAsync(string sql) => EcartProcess.AskAsync(folder.Path, sql, TestContext.Current.CancellationToken);

    private Task<ProgramResult> RunAsync(params string[] arguments) => EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
