using Ecart.Detection;
using Ecart.Detection.Batch.Clusters;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Tests.Schema;
using Ecart.MariaDb.Writing;
using Ecart.TestKit;
using Xunit;

namespace Ecart.MariaDb.Tests.Writing;

public sealed class ClusterStoreTests(MariaDbFixture server) : IAsyncLifetime
{
    private const string Domain = "transactions";
    private ScratchDatabase database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await ScratchDatabase.MigrateAsync(server);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task ReplaceAsync_Again_PutsTheNewOnesInForceAndLeavesOtherEmbeddingsAlone()
    {
        var store = new ClusterStore(database.ConnectionString);
        await store.ReplaceAsync(Domain, 1, [new([1, 0, 0], 0.5, 10)], "layout", "ann", Cancellation);
        await store.ReplaceAsync(Domain, 101, [new([1, 0, 0], 0.5, 10), new([0, 2, 0], 1.5, 30)], "first", "ann", Cancellation);
        int version = await store.ReplaceAsync(Domain, 101, [new([0, 0, 3], 2.5, 7)], "second", "ann", Cancellation);

        IReadOnlyList<BehaviorCluster> clusters = (await new PatternStore(database.ConnectionString).ReadAsync(Domain, Cancellation)).Clusters;

        Assert.Equal(3, version);
        Assert.Equal([("usual 1", 0.5, 1), ("usual 1", 2.5, 101)], clusters.Select(cluster => (cluster.Name, cluster.Radius, cluster.EmbeddingVersion)));
        Assert.Equal([0, 0, 3, .. new float[253]], clusters[1].Centroid);
        Assert.Equal(["30 usual 1", "10 usual 2"], await database.QueryAsync(
            "SELECT member_count, name FROM behavior_clusters WHERE version = 2 ORDER BY name"));
        Assert.Equal(["3"], await database.QueryAsync("SELECT COUNT(*) FROM audit_log WHERE subject_type = 'clusters'"));
    }

    [Fact]
    public async Task ReplaceAsync_None_TakesThoseInForceOutOfIt()
    {
        var store = new ClusterStore(database.ConnectionString);
        await store.ReplaceAsync(Domain, 1, [new([1, 0, 0], 0.5, 10)], "one", "ann", Cancellation);

        await store.ReplaceAsync(Domain, 1, [], "none", "ann", Cancellation);

        Assert.Empty((await new PatternStore(database.ConnectionString).ReadAsync(Domain, Cancellation)).Clusters);
    }
}
