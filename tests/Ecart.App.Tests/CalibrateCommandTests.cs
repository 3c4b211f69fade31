using System.Text.Json;
using Ecart.App.Tests.Programs;
using Ecart.App.Tests.Serve.Calibration;
using Ecart.MariaDb.Schema;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Calibration by the program alone, from a proposal to going back.</summary>
public sealed class CalibrateCommandTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create("calibrate");
    private string database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync("calibrate", Cancellation);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Calibrate_ProposeTestApplyAndBack_DoesWhatTheConsoleDoes()
    {
        await new SchemaMigrator().MigrateAsync(database, false, null, Cancellation);
        await DecidedStore.FillAsync(database, 40);
        string file = Path.Combine(folder.Path, "thresholds.json");

        string table = await DoneAsync("calibrate", "show", "--output", "csv");
        string proposed = await DoneAsync("calibrate", "propose", "--save", file, "--output", "json");
        string tested = await DoneAsync("calibrate", "backtest", file, "--output", "csv");
        string applied = await DoneAsync("calibrate", "apply", file, "--reason", "test");
        string back = await DoneAsync("calibrate", "rollback", "--reason", "test");

        Assert.StartsWith("detector,score,alerts,true,false,precision,false_and_above,recall\nall,", table.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\nnight_activity,0.6,", table.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(0, JsonDocument.Parse(proposed).RootElement.GetProperty("basis").GetProperty("false_kept").GetDouble());
        Assert.Contains("lost,40,0,40,0", tested, StringComparison.Ordinal);
        Assert.Contains("Version 2 is active.", applied, StringComparison.Ordinal);
        Assert.Contains("Version 1 is active.", back, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackTest_AllSettings_ScoresHistoryAnew()
    {
        string events = Path.Combine(folder.Path, "events.csv");
        SimulatedFile.Write(events, new TransactionSimulatorOptions { Accounts = 60, Days = 45, QuietDays = 20, IncidentsPerDay = 10, Merchants = 50 });
        await DoneAsync("replay", events, "--labels", "--label-delay", "1d", "--label-rest");
        string settings = await DoneAsync("configuration", "show");
        string file = Path.Combine(folder.Path, "settings.json");
        await File.WriteAllTextAsync(file, settings.Replace("\"z_threshold\": 2.5", "\"z_threshold\": 6", StringComparison.Ordinal), Cancellation);

        JsonElement test = JsonDocument.Parse(await DoneAsync("calibrate", "backtest", file, "--all-settings", "--output", "json")).RootElement;

        Assert.True(test.GetProperty("events").GetInt32() > 1000);
        Assert.True(test.GetProperty("before").GetProperty("true").GetInt32() > 0, test.GetRawText());
        Assert.True(test.GetProperty("lost").GetProperty("alerts").GetInt32() > test.GetProperty("gained").GetProperty("alerts").GetInt32(), test.GetRawText());
    }

    [Theory]
    [InlineData("calibrate propose --recall 0.9 --precision 0.9", "Give one target")]
    [InlineData("calibrate propose --recall high", "--recall 'high' is not a number")]
    [InlineData("calibrate propose --recall 0.1", "'target.value' is 0.1")]
    [InlineData("calibrate show --days 0", "from 1 to 365")]
    [InlineData("calibrate show --domain nothing", "no domain of that name")]
    [InlineData("calibrate rollback --reason x", "No other configuration was in force before")]
    [InlineData("calibrate rollback", "--reason")]
    public async Task Mistake_IsNamed(string arguments, string expected)
    {
        ProgramResult result = await RunAsync(arguments.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        ProgramResult result = await RunAsync(arguments);
        Assert.True(result.Code == 0, result.Everything);
        return result.Output;
    }

    private async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using EcartProcess process = EcartProcess.StartOn(database, folder.Path, arguments);
        return await process.WaitAsync(Cancellation);
    }
}
