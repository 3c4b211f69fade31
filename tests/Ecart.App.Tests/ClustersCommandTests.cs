using Ecart.App.Tests.Programs;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

public sealed class ClustersCommandTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("clusters");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Clusters_LearnListAndActivate_KeepVersions()
    {
        ProgramResult empty = await RunAsync("clusters", "learn", "transactions");
        Assert.Equal(1, empty.Code);
        Assert.Contains("clusters need 100", empty.Errors, StringComparison.Ordinal);
        string file = Path.Combine(folder.Path, "cards.csv");
        SimulatedFile.Write(file, new TransactionSimulatorOptions { Accounts = 40, Days = 20, Seed = 7 });
        Assert.Equal(0, (await RunAsync("replay", file)).Code);

        ProgramResult trial = await RunAsync("clusters", "learn", "transactions", "--dry-run");
        Assert.True(trial.Code == 0, trial.Everything);
        Assert.Contains("Nothing was stored", trial.Errors, StringComparison.Ordinal);
        Assert.Contains("No clusters were learned yet", (await RunAsync("clusters", "list", "transactions")).Errors, StringComparison.Ordinal);

        ProgramResult first = await RunAsync("clusters", "learn", "transactions", "--minimum-events", "20");
        Assert.True(first.Code == 0, first.Everything);
        Assert.Contains("Version 1 is in force", first.Output, StringComparison.Ordinal);
        Assert.Contains("Version 2 is in force", (await RunAsync("clusters", "learn", "transactions", "--sample", "200")).Output, StringComparison.Ordinal);
        Assert.Contains("Version 1 is in force", (await RunAsync("clusters", "activate", "transactions", "1")).Output, StringComparison.Ordinal);
        string[] lines = (await RunAsync("clusters", "list", "transactions")).Output.Split('\n');
        Assert.DoesNotContain("yes", Assert.Single(lines, line => FirstCell(line) == "2"), StringComparison.Ordinal);
        Assert.Contains("yes", Assert.Single(lines, line => FirstCell(line) == "1"), StringComparison.Ordinal);
        ProgramResult absent = await RunAsync("clusters", "activate", "transactions", "3");
        Assert.Equal(2, absent.Code);
        Assert.Contains("no version 3 of learned clusters for transactions. 'ecart clusters list transactions'", absent.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clusters learn weather", "'weather' is not known")]
    [InlineData("clusters learn transactions --sample 5", "--sample is 5")]
    [InlineData("clusters learn transactions --days 0", "--days is 0")]
    public async Task Clusters_WrongCommandLine_NamesTheMistake(string arguments, string expected)
    {
        ProgramResult result = await RunAsync(arguments.Split(' '));
        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    private static string FirstCell(string line) => line.Trim().Split(' ')[0];

    private Task<ProgramResult> RunAsync(params string[] arguments) =>
        EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
