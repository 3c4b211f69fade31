using Ecart.App.Tests.Serve;
using Ecart.Numerics;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Cluster;

/// <summary>Two nodes under load, of which one is killed, paused or stopped again and again while events come in at both: the store must not show it.</summary>
public sealed class NodeCampaignTests(MariaDbFixture server)
{
    private const int Senders = 4;
    private const int AccountsOfSender = 10;
    private static readonly string[] Faults = ["kill", "pause", "stop"];
    private readonly ServingNode[] nodes = new ServingNode[2];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Serve_ThreeFaults_EachEventIsStoredOnceInItsAccountsOrder() => RunAsync(faults: 3, seed: 1);

    [Fact]
    public Task Serve_ThirtyFaults_EachEventIsStoredOnceInItsAccountsOrder()
    {
        Require.LongRun();
        return RunAsync(faults: 30, seed: 2);
    }

    private async Task RunAsync(int faults, ulong seed)
    {
        using TestFolder folder = TestFolder.Create("campaign");
        string database = await server.CreateDatabaseAsync("campaign", Cancellation);
        nodes[0] = ServingNode.Start(database, folder.Path);
        await nodes[0].OwnsAsync(64);
        nodes[1] = ServingNode.Start(database, folder.Path);
        await nodes[1].OwnsAsync(32);
        var random = new SeededRandom(seed);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<int>[] sending = [.. Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(sender, stop.Token)))];
        for (int fault = 0; fault < faults; fault++) await BreakAsync(Faults[fault % Faults.Length], random.Next(2), database, folder.Path);
        await stop.CancelAsync();
        int[] requests = await Task.WhenAll(sending);

        await ClusterStore.AssertStoredAsync(database, requests.Sum() * AccountsOfSender);
        Assert.Equal(0, await ClusterStore.CountAsync(
            database,
            """
            SELECT COUNT(*)
            FROM (SELECT request, LAG(request) OVER (PARTITION BY account_id ORDER BY seq) AS earlier
                  FROM (SELECT account_id, seq, CAST(SUBSTRING_INDEX(transaction_id, '-', -1) AS INT) AS request FROM financial_transactions) AS sent) AS pairs
            WHERE request <> earlier + 1
            """));
        foreach (ServingNode node in nodes)
        {
            node.Process.Terminate();
            Assert.Equal(0, (await node.Process.WaitAsync(Cancellation)).Code);
            node.Dispose();
        }

        Assert.Equal(
            await ClusterStore.CountAsync(database, "SELECT COUNT(*) FROM financial_transactions WHERE NOT is_late"), await ClusterStore.CountedEventsAsync(database));
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests.Sum() * AccountsOfSender:N0} events, {faults} faults");
    }

    /// <summary>Breaks a node, waits until the other has its lanes, and starts it again.</summary>
    private async Task BreakAsync(string fault, int victim, string database, string folder)
    {
        ServingNode node = nodes[victim];
        ServingNode other = nodes[1 - victim];
        if (fault == "kill") node.Process.Kill();
        else if (fault == "pause") node.Process.Pause();
        else node.Process.Terminate();
        await other.OwnsAsync(64);
        if (fault == "pause") node.Process.Wake();
        await node.Process.WaitAsync(Cancellation);
        nodes[victim] = ServingNode.Start(database, folder);
        node.Dispose();
        await nodes[victim].OwnsAsync(32);
    }

    /// <summary>Sends one event of each of its accounts after the other, now to this node and now to that, each until it is answered.</summary>
    /// <returns>Requests answered.</returns>
    private async Task<int> SendAsync(int sender, CancellationToken stop)
    {
        for (int request = 0; ; request++)
        {
            if (stop.IsCancellationRequested) return request;
            IReadOnlyList<string> open = [.. Enumerable.Range(0, AccountsOfSender).Select(account =>
                Posted.Event($"S{sender}-{account}-{request}", account: $"S{sender}-{account}", minute: request % 60))];
            for (int attempt = request + sender; open.Count > 0; attempt++)
            {
                try
                {
                    open = await nodes[attempt % 2].TryPostAsync(open);
                }
                catch (Exception error) when (error is HttpRequestException or TaskCanceledException or ObjectDisposedException && !Cancellation.IsCancellationRequested)
                {
                    // The node is gone: the other one takes it.
                }
            }
        }
    }
}
