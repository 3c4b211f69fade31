using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Declared;

/// <summary>Commands over the whole log know declared domains too.</summary>
public sealed class DeclaredRebuildTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("rebuild");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rebuild_DeclaredDomain_PublishesTheSameProfiles()
    {
        string file = Path.Combine(folder.Path, "few.csv");
        await File.WriteAllLinesAsync(file, ExampleRecords.ColdChain().Take(1201), TestContext.Current.CancellationToken);
        foreach (string[] command in new[] { ["domains", "apply", Path.Combine(RepositoryRoot.Path, "examples", "domains", "cold-chain.yaml")], new[] { "replay", "--domain", "cold_chain", file } })
            Assert.Equal(0, (await RunAsync(command)).Code);
        const string Profiles = "SELECT container, observation_count, distance_mean, distance_std FROM profiles_cold_chain ORDER BY 1";
        string[] before = await EcartProcess.AskAsync(folder.Path, Profiles, TestContext.Current.CancellationToken);

        ProgramResult rebuilt = await RunAsync("profiles", "rebuild", "cold_chain");

        Assert.True(rebuilt.Code == 0, rebuilt.Everything);
        Assert.Equal(12, before.Length);
        Assert.Equal(before, await EcartProcess.AskAsync(folder.Path, Profiles, TestContext.Current.CancellationToken));
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
