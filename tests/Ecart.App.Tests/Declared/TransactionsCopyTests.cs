using Ecart.App.Declared;
using Ecart.App.Tests.Programs;
using Ecart.Domains.Declared;
using Ecart.Domains.Transactions;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Declared;

/// <summary>The declared copy of transactions says of every event what the built-in domain says.</summary>
public sealed class TransactionsCopyTests : IDisposable
{
    private const string Domain = "transactions_copy";
    private static readonly string Example = Path.Combine(RepositoryRoot.Path, "examples", "domains", "transactions-copy.yaml");
    private static readonly TransactionSimulatorOptions World = new() { Seed = 17, Accounts = 60, Merchants = 40, Days = 40 };
    private readonly TestFolder folder = TestFolder.Create("copy");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Example_Constants_AreAllWrittenAndTheDefaults()
    {
        string text = File.ReadAllText(Example);
        DomainDeclaration declaration = DeclarationText.Read(text).OrThrow();
        string settings = TransactionOptionsJson.Serialize(declaration.Transactions!);
        Assert.Equal(TransactionOptionsJson.Serialize(TransactionOptions.Default), settings);
        using var document = System.Text.Json.JsonDocument.Parse(settings);
        Assert.All(document.RootElement.EnumerateObject(), setting => Assert.Contains($"\n  {setting.Name}:", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Score_SimulatedWorldWithLabels_IsEqualToTheLastDigit()
    {
        string file = Path.Combine(folder.Path, "world.csv");
        SimulatedFile.Write(file, World);
        string builtIn = Path.Combine(folder.Path, "builtin.csv");
        string copy = Path.Combine(folder.Path, "copy.csv");

        ProgramResult first = await RunAsync("score", file, "--labels", "--out", builtIn);
        ProgramResult second = await RunAsync("score", file, "--labels", "--domain", Domain, "--configuration", Example, "--out", copy);

        Assert.True(first.Code == 0, first.Everything);
        Assert.True(second.Code == 0, second.Everything);
        string[] expected = [.. File.ReadLines(builtIn).Select(line => Verdict(line, 5))];
        string[] actual = [.. File.ReadLines(copy).Select(line => Verdict(line, 3))];
        Assert.True(expected.Length > 3000, $"{expected.Length} lines");
        Assert.Contains(expected, line => line.Contains("behavior_distance", StringComparison.Ordinal));
        Assert.Contains(expected, line => line.Contains("amount_anomaly", StringComparison.Ordinal));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Replay_AppliedInTwoRuns_StoresTheScoresOfTheBuiltInDomain()
    {
        string whole = Path.Combine(folder.Path, "world.csv");
        SimulatedFile.Write(whole, World);
        string[] lines = await File.ReadAllLinesAsync(whole, TestContext.Current.CancellationToken);
        string half = Path.Combine(folder.Path, "half.csv");
        await File.WriteAllLinesAsync(half, lines[..(lines.Length / 2)], TestContext.Current.CancellationToken);

        foreach (string[] command in new[]
        {
            ["domains", "apply", Example], ["replay", whole], ["replay", "--domain", Domain, half], new[] { "replay", "--domain", Domain, "--resident", "20", whole },
        })
        {
            ProgramResult result = await RunAsync(command);
            Assert.True(result.Code == 0, result.Everything);
        }

        string[] different = await AskAsync(
            "SELECT t.transaction_id, t.fraud_score, c.score, t.rank_score, c.rank_score FROM financial_transactions t LEFT JOIN events_transactions_copy c ON c.event_uid = t.transaction_id "
            + "WHERE NOT (t.fraud_score <=> c.score AND t.rank_score <=> c.rank_score AND t.amount = c.amount AND t.merchant_id <=> c.merchant) LIMIT 10");
        string[] counts = await AskAsync(
            "SELECT (SELECT COUNT(*) FROM financial_transactions) = (SELECT COUNT(*) FROM events_transactions_copy), "
            + "(SELECT COUNT(*) FROM account_spending_profiles) = (SELECT COUNT(*) FROM profiles_transactions_copy), "
            + "(SELECT COUNT(*) FROM anomaly_alerts WHERE domain = 'transactions') = (SELECT COUNT(*) FROM anomaly_alerts WHERE domain = 'transactions_copy' AND entity_type = 'account')");

        string flagged = (await AskAsync("SELECT event_uid FROM events_transactions_copy WHERE is_anomaly ORDER BY occurred_at DESC, event_uid LIMIT 1"))[0];
        ProgramResult explained = await RunAsync("verdict", "explain", flagged, "--domain", Domain);
        Assert.True(explained.Code == 0, explained.Everything);
        Assert.Contains(": equal", explained.Output, StringComparison.Ordinal);
        Assert.Empty(different);
        Assert.Equal(["1\t1\t1"], counts);
    }

    /// <summary>The columns from the score on.</summary>
    private static string Verdict(string line, int columns) => string.Join(',', line.Split(',').Where((_, i) => i < 2 || i >= columns));

    private Task<string[]> AskAsync(string sql) => EcartProcess.AskAsync(folder.Path, sql, TestContext.Current.CancellationToken);

    private Task<ProgramResult> RunAsync(params string[] arguments) => EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
