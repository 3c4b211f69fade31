using Ecart.App.Tests.Programs;
using Ecart.Numerics;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>The demo killed by SIGKILL, its broker with it: the next run must not show it.</summary>
public sealed class DemoKillTests
{
    private static readonly string[] Small = ["demo", "--once", "--accounts", "400", "--days", "60", "--start", "2025-01-01"];

    [Fact]
    public async Task Demo_KilledSeveralTimes_EqualsAnUnbrokenRun()
    {
        using TestFolder folder = TestFolder.Create("demo-kill");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string unbrokenHome = Directory.CreateDirectory(Path.Combine(folder.Path, "a")).FullName;
        string brokenHome = Directory.CreateDirectory(Path.Combine(folder.Path, "b")).FullName;
        ProgramResult unbroken = await EcartProcess.RunAsync(unbrokenHome, cancellation, Small);
        Assert.True(unbroken.Code == 0, unbroken.Everything);

        // The database is there: what is killed is the stream, not the first start of a server.
        ProgramResult prepared = await EcartProcess.RunAsync(brokenHome, cancellation, "sql", "--demo", "SELECT 1");
        Assert.True(prepared.Code == 0, prepared.Everything);
        var random = new SeededRandom(3);
        for (int kill = 0; kill < 4; kill++)
        {
            using EcartProcess process = EcartProcess.Start(brokenHome, Small);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(TimeSpan.FromSeconds(random.Between(1.5, 5)));
            try
            {
                await process.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                cancellation.ThrowIfCancellationRequested();
                process.Kill();
            }
        }

        ProgramResult last = await EcartProcess.RunAsync(brokenHome, cancellation, Small);
        Assert.True(last.Code == 0, last.Everything);
        StoreContent expected = await StoreContent.ReadAsync(unbrokenHome, "ecart_demo", cancellation);
        StoreContent actual = await StoreContent.ReadAsync(brokenHome, "ecart_demo", cancellation);
        Assert.NotEmpty(expected["alerts"]);
        Assert.NotEmpty(expected["labels"]);
        foreach (string part in StoreContent.Names) Assert.Equal(expected[part], actual[part]);
    }

    [Theory]
    [InlineData("DELETE FROM account_spending_profiles")]
    // Everything was committed, and the checkpoint that ends a run was not.
    [InlineData(
        "DELETE FROM account_spending_profiles; DELETE FROM entity_state; DELETE FROM entity_history; DELETE FROM shared_state; DELETE FROM embedding_states; "
        + "UPDATE lanes SET checkpoint_seq = 0")]
    public async Task Demo_KilledBeforeItPublished_PublishesInTheNextRun(string undone)
    {
        using TestFolder folder = TestFolder.Create("demo-publish");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ProgramResult first = await EcartProcess.RunAsync(folder.Path, cancellation, Small);
        Assert.True(first.Code == 0, first.Everything);
        StoreContent expected = await StoreContent.ReadAsync(folder.Path, "ecart_demo", cancellation);
        ProgramResult forgotten = await EcartProcess.RunAsync(folder.Path, cancellation, "sql", "--demo", undone);
        Assert.True(forgotten.Code == 0, forgotten.Everything);

        ProgramResult second = await EcartProcess.RunAsync(folder.Path, cancellation, Small);

        Assert.True(second.Code == 0, second.Everything);
        StoreContent actual = await StoreContent.ReadAsync(folder.Path, "ecart_demo", cancellation);
        foreach (string part in StoreContent.Names) Assert.Equal(expected[part], actual[part]);
    }
}
