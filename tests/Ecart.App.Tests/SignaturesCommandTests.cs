using Ecart.App.Tests.Programs;
using Ecart.Simulation;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>From confirmed connections to a signature that later ones match, and out into files and back, by the program alone.</summary>
public sealed class SignaturesCommandTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create("signatures");
    private string database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync("signatures", Cancellation);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Learn_ConfirmedConnections_LaterOnesMatchAndFilesHoldIt()
    {
        string[] parts = WriteStream();
        await DoneAsync("replay", "--domain", "network", parts[0], "--labels", "--label-delay", "1m", "--label-rest");

        string trial = await DoneAsync([.. Learn, "--dry-run"]);
        string none = await TextAsync("SELECT COUNT(*) FROM threat_signatures");
        string learned = await DoneAsync([.. Learn, "--mitre", "T1046", "--description", "Sweeps of ours"]);
        await DoneAsync("replay", "--domain", "network", parts[1]);
        string json = Path.Combine(folder.Path, "out.json");
        string stix = Path.Combine(folder.Path, "out.stix.json");
        await DoneAsync("signatures", "export", json);
        await DoneAsync("signatures", "export", stix, "--format", "stix");
        string vector = await TextAsync("SELECT CONCAT(HEX(`vector`), radius, mitre_id, description) FROM threat_signatures");
        await TextAsync("DELETE FROM threat_signatures");
        string imported = await DoneAsync("signatures", "import", stix, "--reason", "back again");
        string again = await DoneAsync("signatures", "import", json, "--reason", "the same");

        Assert.Contains("Signature 'our sweep': radius 0.", trial, StringComparison.Ordinal);
        Assert.Equal("0", none);
        Assert.Contains("It is in force.", learned, StringComparison.Ordinal);
        Assert.Equal("1", await TextAsync("SELECT COUNT(*) > 10 FROM network_connections WHERE reasons LIKE '%our sweep%' AND threat_type = 'scan'"));
        Assert.Contains("1 signature of out.stix.json in force, 1 new.", imported, StringComparison.Ordinal);
        Assert.Contains("1 signature of out.json in force, 0 new.", again, StringComparison.Ordinal);
        Assert.Equal(vector, await TextAsync("SELECT CONCAT(HEX(`vector`), radius, mitre_id, description) FROM threat_signatures"));
        Assert.Contains("out of force", await DoneAsync("signatures", "deactivate", "our sweep", "--reason", "noise"), StringComparison.Ordinal);
        Assert.Contains("our sweep", await DoneAsync("signatures", "list"), StringComparison.Ordinal);
        Assert.Equal("0", await TextAsync("SELECT SUM(active) FROM threat_signatures"));
        Assert.Equal("4", await TextAsync("SELECT COUNT(*) FROM audit_log WHERE subject_type = 'signature'"));
    }

    [Theory]
    [InlineData(2, "signatures learn x --category weather --severity low --reason y", "'weather'")]
    [InlineData(1, "signatures learn x --category scan --severity low --reason y", "No connection of the last 90 days is confirmed to be a threat")]
    [InlineData(2, "signatures learn x --category scan --severity low", "--reason")]
    [InlineData(2, "signatures deactivate x --reason y", "There is no signature 'x'")]
    public async Task Command_ThatCannotBe_SaysWhy(int code, string line, string expected)
    {
        ProgramResult result = await RunAsync(line.Split(' '));

        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WrongFile_SaysWhatIsWrong()
    {
        string file = Path.Combine(folder.Path, "wrong.json");
        await File.WriteAllTextAsync(file, """[{"name": "x", "category": "scan", "severity": "low", "vector": [1], "radius": 0.1}]""", Cancellation);

        ProgramResult result = await RunAsync("signatures", "import", file, "--reason", "y");

        Assert.Equal(1, result.Code);
        Assert.Contains("vector has 1 numbers instead of 64", result.Errors, StringComparison.Ordinal);
    }

    private static string[] Learn => ["signatures", "learn", "our sweep", "--category", "scan", "--severity", "high", "--threat-type", "scan", "--reason", "seen twice"];

    private string[] WriteStream()
    {
        string whole = Path.Combine(folder.Path, "flows.csv");
        SimulatedFile.Write(whole, new NetworkSimulatorOptions
        {
            Seed = 3,
            Workstations = 6,
            Devices = 2,
            Servers = 2,
            Days = 10,
            QuietDays = 0,
            IncidentsPerDay = 3,
            SessionsPerDay = 12,
        });
        return SimulatedFile.Split(whole, 0.6);
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        ProgramResult result = await RunAsync(arguments);
        Assert.True(result.Code == 0, string.Join(' ', arguments) + "\n" + result.Everything);
        return result.Output;
    }

    private async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using EcartProcess process = EcartProcess.StartOn(database, folder.Path, arguments);
        return await process.WaitAsync(Cancellation);
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(Cancellation), null)!;
    }
}
