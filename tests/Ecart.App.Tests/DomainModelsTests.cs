using Ecart.App.Tests.Programs;
using Ecart.Simulation;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Training, models in force, clusters and verdicts in the domains beside transactions, by the program alone.</summary>
public sealed class DomainModelsTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create("domain-models");
    private string database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync("domainmodels", Cancellation);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("network", "network_connections")]
    [InlineData("user_behavior", "events")]
    public async Task Train_UseAndRollBack_ScoreByTheModelInForce(string domain, string table)
    {
        string[] parts = WriteStream(domain, 0.75);
        string settings = Settings("""{"detectors": [{"kind": "isolation_forest", "tail_probability": 0.05}]}""");
        await DoneAsync("configuration", "apply", settings, "--domain", domain, "--reason", "see it sooner");
        await DoneAsync("replay", "--domain", domain, parts[0]);

        string trained = await DoneAsync("train", domain, "--reason", "first try");
        string used = await DoneAsync("models", "use", "101", domain, "--reason", "better distances");
        await DoneAsync("models", "use", "102", domain, "--reason", "see what it finds");
        await DoneAsync("replay", "--domain", domain, parts[1]);
        string listed = await DoneAsync("models", "list", domain);
        string others = await DoneAsync("models", "list");

        const string States = "SELECT CONCAT(COUNT(*), BIT_XOR(CRC32(CONCAT(entity_type, entity_id, HEX(state))))) FROM entity_state WHERE embedding_version = 101 AND domain = '";
        string before = await TextAsync(States + domain + "'");
        string rebuilt = await DoneAsync("profiles", "rebuild", domain);

        Assert.Contains("profiles rebuilt from", rebuilt, StringComparison.Ordinal);
        Assert.Equal(before, await TextAsync(States + domain + "'"));
        Assert.Contains("Model 101: pca_whitening, trained on", trained, StringComparison.Ordinal);
        Assert.Contains("Model 102: isolation_forest, trained on", trained, StringComparison.Ordinal);
        Assert.Contains($"'ecart models use 101 {domain} --reason ...'", trained, StringComparison.Ordinal);
        Assert.Contains("Model 101 is in force as embedding.", used, StringComparison.Ordinal);
        Assert.Contains("in force: embedding", listed, StringComparison.Ordinal);
        Assert.Contains("in force: detector:isolation_forest", listed, StringComparison.Ordinal);
        Assert.Contains("No model was trained yet", others, StringComparison.Ordinal);
        Assert.Equal("1,101", await TextAsync($"SELECT GROUP_CONCAT(DISTINCT embedding_version ORDER BY embedding_version) FROM {table}"));
        Assert.Equal("1", await TextAsync($"SELECT COUNT(*) > 50 AND COUNT(*) = COUNT(layout_embedding) FROM {table} WHERE embedding_version = 101"));
        Assert.Equal("1", await TextAsync($"SELECT COUNT(*) > 0 FROM {table} WHERE embedding_version = 101 AND distance_to_profile > 0 AND reasons LIKE '%isolation%'"));
        Assert.Contains("No model is in force as embedding.", await DoneAsync("models", "rollback", domain, "--slot", "embedding", "--reason", "not better"), StringComparison.Ordinal);
        Assert.Equal("1,101", await TextAsync($"SELECT GROUP_CONCAT(DISTINCT embedding_version ORDER BY embedding_version) FROM entity_state WHERE domain = '{domain}'"));
    }

    [Theory]
    [InlineData("network", "network_connections", "network_simulator")]
    [InlineData("user_behavior", "events", "user_simulator")]
    public async Task ClustersLearn_NewEntityFarFromThem_IsSaid(string domain, string table, string stranger)
    {
        string[] parts = WriteStream(domain, 0.9);
        await DoneAsync("replay", "--domain", domain, parts[0]);

        string learned = await DoneAsync("clusters", "learn", domain, "--minimum-events", "20");
        string file = Path.Combine(folder.Path, "stranger.csv");
        await File.WriteAllLinesAsync(file, Stranger(domain, await File.ReadAllLinesAsync(parts[1], Cancellation), stranger), Cancellation);
        await DoneAsync("replay", "--domain", domain, file);

        Assert.Contains($"'ecart clusters list {domain}' shows all versions", learned, StringComparison.Ordinal);
        Assert.Contains("1 ", await DoneAsync("clusters", "list", domain), StringComparison.Ordinal);
        Assert.Equal("1", await TextAsync($"SELECT COUNT(*) > 0 FROM {table} WHERE reasons LIKE '%outside_clusters%'"));
    }

    [Theory]
    [InlineData("network", "network_connections")]
    [InlineData("user_behavior", "events")]
    public async Task TrainVerdicts_ChallengerInShadow_IsComparedAndPromoted(string domain, string table)
    {
        string[] parts = WriteStream(domain, 0.5, 0.8);
        await DoneAsync("configuration", "apply", Settings("""{"label_delay_days": 0}"""), "--domain", domain, "--reason", "labels are there at once");
        await DoneAsync("replay", "--domain", domain, parts[0], "--labels", "--label-delay", "1h", "--label-rest");

        string trained = await DoneAsync("train", "verdicts", domain, "--days", "60", "--reason", "first try");
        await DoneAsync("replay", "--domain", domain, parts[1], "--labels", "--label-delay", "1h", "--label-rest");
        string compared = await DoneAsync("models", "compare", domain);
        string promoted = await DoneAsync("models", "promote", "101", domain, "--reason", "finds more");
        await DoneAsync("replay", "--domain", domain, parts[2]);

        Assert.Contains("Model 101 learned from", trained, StringComparison.Ordinal);
        Assert.Contains("challenger 101", compared, StringComparison.Ordinal);
        Assert.Contains($"'ecart models rollback {domain} --slot verdict", promoted, StringComparison.Ordinal);
        Assert.Equal("1", await TextAsync($"SELECT COUNT(*) > 50 AND MIN(shadow_probability) > 0 AND MAX(shadow_probability) < 1 FROM {table} WHERE shadow_version = 101"));
        Assert.Equal("1", await TextAsync($"SELECT COUNT(*) > 50 AND COUNT(shadow_version) = 0 AND MIN(rank_score) > 0 FROM {table} WHERE model_version = 101"));
    }

    private string[] WriteStream(string domain, params double[] shares)
    {
        string whole = Path.Combine(folder.Path, "stream.csv");
        if (domain == "network")
        {
            SimulatedFile.Write(whole, new NetworkSimulatorOptions
            {
                Seed = 3,
                Workstations = 6,
                Devices = 2,
                Servers = 2,
                Days = 8,
                QuietDays = 0,
                IncidentsPerDay = 2,
                SessionsPerDay = 12,
            });
        }
        else
        {
            SimulatedFile.Write(whole, new UserBehaviorSimulatorOptions { Seed = 3, Users = 14, Days = 24, QuietDays = 2, ActionsPerDay = 14, IncidentsPerDay = 60 });
        }

        return SimulatedFile.Split(whole, shares);
    }

    /// <summary>What a new entity does that nobody ever did.</summary>
    private static string[] Stranger(string domain, string[] lines, string name)
    {
        string[] last = lines[^1].Split(',');
        string time = last[1];
        string row = domain == "network"
            ? $"{name},{time},10.77.0.1,40000,203.0.113.200,31337,udp,80000,900000000000,5,900000000,1,SF,0"
            : $"{name},{time},stranger,erase,/never/seen,failure,203.0.113.9,toaster,KP,,,nobody,0";
        return [lines[0], row];
    }

    private string Settings(string json)
    {
        string file = Path.Combine(folder.Path, "settings.json");
        File.WriteAllText(file, json);
        return file;
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        using EcartProcess process = EcartProcess.StartOn(database, folder.Path, arguments);
        ProgramResult result = await process.WaitAsync(Cancellation);
        Assert.True(result.Code == 0, string.Join(' ', arguments) + "\n" + result.Everything);
        return result.Output;
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(Cancellation), null)!;
    }
}
