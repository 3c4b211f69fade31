using System.Diagnostics;
using Ecart.App.Tests.Programs;
using Ecart.App.Tests.Serve;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Cluster;

/// <summary>Two nodes as processes; one is killed, or paused until the others take it for dead.</summary>
public sealed class NodeDeathTests(MariaDbFixture server)
{
    private const int PerRequest = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_OneOfTwoKilled_ItsLanesComeUpElsewhereAndNothingIsLostOrDoubled()
    {
        using TestFolder folder = TestFolder.Create("cluster");
        string database = await server.CreateDatabaseAsync("cluster", Cancellation);
        using ServingNode first = ServingNode.Start(database, folder.Path);
        await first.OwnsAsync(64);
        using ServingNode second = ServingNode.Start(database, folder.Path);
        await second.OwnsAsync(32);
        await first.OwnsAsync(32);

        for (int request = 0; request < 20; request++) await first.PostAsync(Events(request));
        Task under = first.PostAsync(Events(20));
        second.Process.Kill();
        long killed = Stopwatch.GetTimestamp();
        await under;
        await first.PostAsync(Events(21));
        TestContext.Current.TestOutputHelper?.WriteLine($"everything was answered {Stopwatch.GetElapsedTime(killed).TotalSeconds:F1} s after the kill");
        await first.OwnsAsync(64);
        using ServingNode third = ServingNode.Start(database, folder.Path);
        await third.OwnsAsync(32);
        for (int request = 22; request < 30; request++) await third.PostAsync(Events(request));

        await ClusterStore.AssertStoredAsync(database, 30 * PerRequest);
        third.Process.Terminate();
        Assert.Equal(0, (await third.Process.WaitAsync(Cancellation)).Code);
        await first.OwnsAsync(64);
        first.Process.Terminate();
        Assert.Equal(0, (await first.Process.WaitAsync(Cancellation)).Code);
        Assert.Equal(30 * PerRequest, await ClusterStore.CountedEventsAsync(database));
    }

    [Fact]
    public async Task Serve_OneOfTwoPausedAndWoken_DoesNoHarmAndEndsSayingWhy()
    {
        using TestFolder folder = TestFolder.Create("cluster");
        string database = await server.CreateDatabaseAsync("cluster", Cancellation);
        using ServingNode first = ServingNode.Start(database, folder.Path);
        await first.OwnsAsync(64);
        using ServingNode second = ServingNode.Start(database, folder.Path);
        await first.OwnsAsync(32);
        await second.OwnsAsync(32);

        // Paused with events of its own lanes and of the other's in its hands.
        Task lost = second.PostAsync(Events(0));
        Task under = first.PostAsync(Events(1));
        second.Process.Pause();
        await under;
        await first.OwnsAsync(64);
        for (int request = 2; request < 10; request++) await first.PostAsync(Events(request));
        second.Process.Wake();
        ProgramResult ended = await second.Process.WaitAsync(Cancellation);
        await Record.ExceptionAsync(() => lost);
        await first.PostAsync(Events(0));
        for (int request = 10; request < 14; request++) await first.PostAsync(Events(request));

        Assert.True(ended.Code == 1, ended.Everything);
        Assert.Contains("have declared this one dead", ended.Errors, StringComparison.Ordinal);
        await ClusterStore.AssertStoredAsync(database, 14 * PerRequest);
        using ServingNode again = ServingNode.Start(database, folder.Path);
        await again.OwnsAsync(32);
        await again.PostAsync(Events(14));
        await ClusterStore.AssertStoredAsync(database, 15 * PerRequest);
        again.Process.Terminate();
        await again.Process.WaitAsync(Cancellation);
        await first.OwnsAsync(64);
        first.Process.Terminate();
        await first.Process.WaitAsync(Cancellation);
        Assert.Equal(15 * PerRequest, await ClusterStore.CountedEventsAsync(database));
    }

    [Fact]
    public async Task Serve_TwoNodesPublishProfiles_TheOthersStay()
    {
        using TestFolder folder = TestFolder.Create("cluster");
        string database = await server.CreateDatabaseAsync("cluster", Cancellation);
        using ServingNode first = ServingNode.Start(database, folder.Path, "publish_minutes: 0.0001\n");
        await first.OwnsAsync(64);
        using ServingNode second = ServingNode.Start(database, folder.Path, "publish_minutes: 0.0001\n");
        await second.OwnsAsync(32);
        await first.OwnsAsync(32);

        // Published behind the scoring: the test's time limit ends this otherwise.
        for (int request = 0; await PublishedAsync(database) < PerRequest; request++) await first.PostAsync(Events(request));
        first.Process.Terminate();
        Assert.Equal(0, (await first.Process.WaitAsync(Cancellation)).Code);

        Assert.Equal(PerRequest, await PublishedAsync(database));
    }

    private static Task<long> PublishedAsync(string database) => ClusterStore.CountAsync(database, "SELECT COUNT(*) FROM account_spending_profiles");

    private static List<string> Events(int request) =>
        [.. Enumerable.Range(0, PerRequest).Select(i => Posted.Event($"R{request}-{i}", account: $"A{i}", minute: request % 60))];
}
