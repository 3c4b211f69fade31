using Ecart.App.Tests.Programs;
using Ecart.Simulation;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>From verdicts to a challenger in shadow to a champion and back, by the program alone.</summary>
public sealed class VerdictLearningTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create("verdict-learning");
    private string database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync("learning", Cancellation);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Challenger_RunsInShadowUntilAPersonPromotesIt()
    {
        string[] parts = WriteStream();
        await DoneAsync("replay", parts[0], "--labels", "--label-delay", "1d", "--label-rest");
        string trained = await DoneAsync("train", "verdicts", "transactions", "--days", "60", "--reason", "first try");
        ProgramResult early = await RunAsync("models", "promote", "101", "--reason", "hope");
        await DoneAsync("replay", parts[1], "--labels", "--label-delay", "1d", "--label-rest");
        string compared = await DoneAsync("models", "compare");
        string shadow = await TextAsync("SELECT CONCAT(COUNT(*) > 100, ' ', COUNT(model_version), ' ', MIN(shadow_probability) > 0, ' ', MAX(shadow_probability) < 1) FROM financial_transactions WHERE shadow_version = 101");
        ProgramResult other = await RunAsync("models", "promote", "102", "--reason", "wrong number");
        string promoted = await DoneAsync("models", "promote", "101", "--reason", "finds more");
        await DoneAsync("replay", parts[2]);
        string ranked = await TextAsync("SELECT CONCAT(COUNT(*) > 100, ' ', COUNT(shadow_version), ' ', MIN(rank_score) > 0) FROM financial_transactions WHERE model_version = 101");
        string back = await DoneAsync("models", "rollback", "transactions", "--slot", "verdict", "--reason", "not better");

        Assert.Contains("Model 101 learned from", trained, StringComparison.Ordinal);
        Assert.Equal(1, early.Code);
        Assert.Contains("Model 101 was not tested", early.Errors, StringComparison.Ordinal);
        Assert.Contains("untrained rank", compared, StringComparison.Ordinal);
        Assert.Contains("challenger 101", compared, StringComparison.Ordinal);
        Assert.Equal("1 0 1 1", shadow);
        Assert.Equal(2, other.Code);
        Assert.Contains("Model 102 is not the challenger, model 101 is", other.Errors, StringComparison.Ordinal);
        Assert.Contains("Model 101 ranks from now on.", promoted, StringComparison.Ordinal);
        Assert.Equal("1 0 1", ranked);
        Assert.Contains("No model is in force as verdict.", back, StringComparison.Ordinal);
        Assert.Equal("0", await TextAsync("SELECT COUNT(*) FROM financial_transactions WHERE rank_score <= 0 OR rank_score >= 1"));
    }

    [Theory]
    [InlineData(2, "models compare", "No challenger runs in shadow.")]
    [InlineData(2, "models promote 101 --reason x", "No challenger runs in shadow.")]
    [InlineData(2, "train verdicts transactions --days 0 --reason x", "--days is 0")]
    [InlineData(2, "train verdicts transactions", "--reason")]
    [InlineData(1, "train verdicts transactions --reason x", "No event is stored yet")]
    public async Task Command_ThatCannotBe_SaysWhy(int code, string line, string expected)
    {
        ProgramResult result = await RunAsync(line.Split(' '));

        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    private string[] WriteStream()
    {
        string whole = Path.Combine(folder.Path, "cards.csv");
        SimulatedFile.Write(whole, new TransactionSimulatorOptions
        {
            Seed = 5,
            Accounts = 100,
            Merchants = 80,
            Days = 50,
            QuietDays = 10,
            TransactionsPerDay = 1,
            IncidentsPerDay = 2,
        });
        string[] lines = File.ReadAllLines(whole);
        int[] bounds = [1, lines.Length * 6 / 10, lines.Length * 85 / 100, lines.Length];
        return [.. Enumerable.Range(0, 3).Select(part =>
        {
            string path = Path.Combine(folder.Path, $"part{part}.csv");
            File.WriteAllLines(path, [lines[0], .. lines[bounds[part]..bounds[part + 1]]]);
            return path;
        })];
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

    private async Task<string> TextAsync(string sql)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(Cancellation), null)!;
    }
}
