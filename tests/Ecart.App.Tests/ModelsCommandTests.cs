using Ecart.App.Tests.Programs;
using Ecart.App.Tests.Training;
using Ecart.Simulation;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>From training to going back, by the program alone.</summary>
public sealed class ModelsCommandTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create("models");
    private string database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync("models", Cancellation);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Train_UseAndRollBack_ScoreByTheModelInForce()
    {
        (string first, string second) = WriteStream();
        await DoneAsync("replay", first, "--label-delay", "1d");

        string trained = await DoneAsync("train", "transactions", "--reason", "first try");
        string list = await DoneAsync("models", "list");
        string used = await DoneAsync("models", "use", "101", "--reason", "better distances");
        await DoneAsync("models", "use", "102", "--reason", "see what it finds");
        await DoneAsync("replay", second);
        string listed = await DoneAsync("models", "list");
        string uid = await TextAsync("SELECT transaction_id FROM financial_transactions WHERE embedding_version = 101 AND distance_to_profile IS NOT NULL ORDER BY seq DESC LIMIT 1");
        string explained = await DoneAsync("verdict", "explain", uid);
        string back = await DoneAsync("models", "rollback", "transactions", "--slot", "embedding", "--reason", "not better");

        Assert.Contains("Model 101: pca_whitening, trained on", trained, StringComparison.Ordinal);
        Assert.Contains("Model 102: hbos, trained on", trained, StringComparison.Ordinal);
        Assert.Contains("first try", list, StringComparison.Ordinal);
        Assert.DoesNotContain("in force", list, StringComparison.Ordinal);
        Assert.Contains("Model 101 is in force as embedding.", used, StringComparison.Ordinal);
        Assert.Contains("in force: embedding", listed, StringComparison.Ordinal);
        Assert.Contains("in force: detector:hbos", listed, StringComparison.Ordinal);
        Assert.Contains("embedding 101 (the same to the last bit)", explained, StringComparison.Ordinal);
        Assert.Contains("features   hbos (model 102): ", explained, StringComparison.Ordinal);
        Assert.Contains("No model is in force as embedding.", back, StringComparison.Ordinal);
        Assert.Equal("1", await TextAsync("SELECT GROUP_CONCAT(DISTINCT embedding_version) FROM account_spending_profiles"));
        Assert.Equal("1,101", await TextAsync("SELECT GROUP_CONCAT(DISTINCT embedding_version ORDER BY embedding_version) FROM entity_state"));
        Assert.Equal("3", await TextAsync("SELECT COUNT(*) FROM audit_log WHERE subject_type = 'model'"));
    }

    [Theory]
    [InlineData("models use 107 --reason x", "There is no model 107.")]
    [InlineData("models rollback transactions --reason x", "nothing to go back from")]
    [InlineData("models none verdict --reason x", "No model is in force as 'verdict'")]
    [InlineData("train transactions --model weather --reason x", "'weather'")]
    [InlineData("train transactions --model verdicts --reason x", "'ecart train verdicts DOMAIN'")]
    [InlineData("train weather --reason x", "'weather'")]
    [InlineData("train iot --reason x", "No models are trained for iot, nor put in force there: they are for transactions, network and user_behavior. 'ecart devices calibrate'")]
    [InlineData("verdict explain x --domain network", "reasons FROM network_connections WHERE connection_id = 'UID'")]
    [InlineData("train transactions", "--reason")]
    [InlineData("train transactions --days 0 --reason x", "--days is 0")]
    public async Task Command_ThatCannotBe_SaysWhy(string line, string expected)
    {
        ProgramResult result = await RunAsync(line.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_TooFewEvents_SaysHowManyThereAre()
    {
        ProgramResult result = await RunAsync("train", "transactions", "--reason", "x");

        Assert.Equal(1, result.Code);
        Assert.Contains("There are 0 normal events to learn from; 200 are the least.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OnnxModel_MakesTheEmbeddings()
    {
        string file = Path.Combine(folder.Path, "cards.csv");
        SimulatedFile.Write(file, new TransactionSimulatorOptions { Seed = 6, Accounts = 5, Merchants = 20, Days = 12, QuietDays = 10, TransactionsPerDay = 1 });
        string model = Path.Combine(folder.Path, "tiny.onnx");
        await File.WriteAllBytesAsync(
            model, TinyOnnxModel.Product(128, 4, [.. Enumerable.Range(0, 512).Select(i => (i % 7) - 3f)]), Cancellation);

        string imported = await DoneAsync("models", "import", model, "--reason", "ours");
        await DoneAsync("models", "use", "101", "--reason", "try it");
        await DoneAsync("replay", file);
        string uid = await TextAsync("SELECT transaction_id FROM financial_transactions WHERE embedding_version = 101 ORDER BY lane, seq DESC LIMIT 1");

        Assert.Contains("Model 101: onnx, tiny.onnx.", imported, StringComparison.Ordinal);
        Assert.Equal("0", await TextAsync("SELECT COUNT(*) FROM financial_transactions WHERE embedding_version <> 101"));
        Assert.Contains("the same to the last bit", await DoneAsync("verdict", "explain", uid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_WhileTheModelInForceIsDamaged_PutsAnotherInForce()
    {
        string model = Path.Combine(folder.Path, "tiny.onnx");
        await File.WriteAllBytesAsync(model, TinyOnnxModel.Product(128, 1, [.. Enumerable.Repeat(1f, 128)]), Cancellation);
        await DoneAsync("models", "import", model, "--reason", "first");
        await DoneAsync("models", "import", model, "--reason", "second");
        await DoneAsync("models", "use", "101", "--reason", "try it");
        await TextAsync("UPDATE model_artefacts SET artefact = x'00' WHERE version = 101");

        ProgramResult broken = await RunAsync("profiles", "rebuild");
        await DoneAsync("models", "use", "102", "--reason", "the other is damaged");

        Assert.Equal(1, broken.Code);
        Assert.Contains("Model 101 of transactions is damaged", broken.Errors, StringComparison.Ordinal);
        await DoneAsync("profiles", "rebuild");
    }

    [Fact]
    public async Task Import_ModelThatDoesNotFit_SaysWhy()
    {
        string model = Path.Combine(folder.Path, "small.onnx");
        await File.WriteAllBytesAsync(model, TinyOnnxModel.Product(3, 2, [1, 2, 3, 4, 5, 6]), Cancellation);
        string text = Path.Combine(folder.Path, "text.onnx");
        await File.WriteAllTextAsync(text, "no model", Cancellation);

        ProgramResult small = await RunAsync("models", "import", model, "--reason", "x");
        ProgramResult none = await RunAsync("models", "import", text, "--reason", "x");

        Assert.Equal((2, 2), (small.Code, none.Code));
        Assert.Contains("embedding.input_dimension", small.Errors, StringComparison.Ordinal);
        Assert.Contains("no ONNX model", none.Errors, StringComparison.Ordinal);
    }

    private (string First, string Second) WriteStream()
    {
        string whole = Path.Combine(folder.Path, "cards.csv");
        SimulatedFile.Write(whole, new TransactionSimulatorOptions { Seed = 5, Accounts = 60, Merchants = 80, Days = 40, QuietDays = 10, TransactionsPerDay = 1 });
        string[] lines = File.ReadAllLines(whole);
        string first = Path.Combine(folder.Path, "first.csv");
        string second = Path.Combine(folder.Path, "second.csv");
        File.WriteAllLines(first, lines[..(lines.Length * 3 / 4)]);
        File.WriteAllLines(second, [lines[0], .. lines[(lines.Length * 3 / 4)..]]);
        return (first, second);
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
