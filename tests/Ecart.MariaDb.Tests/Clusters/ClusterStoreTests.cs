using Ecart.Detection;
using Ecart.MariaDb.Clusters;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Tests.Sql;
using Xunit;

namespace Ecart.MariaDb.Tests.Clusters;

public sealed class ClusterStoreTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddVersionAsync_Again_ReplacesWhatWasLearnedAndKeepsWhatPeopleEntered()
    {
        await database.ExecuteAsync(
            "DELETE FROM behavior_clusters; INSERT INTO behavior_clusters (name, domain, centroid, radius, member_count, embedding_version) "
            + "VALUES ('salaries', 'transactions', @0, 0.5, 9, 1)",
            UnitVector.At(0, 256));
        var store = new ClusterStore(database.ConnectionString);
        int told = (await ReadAuditAsync()).Count;

        int first = await AddAsync(store, 1, new LearnedCluster(UnitVector.At(1), 0.25, 70), new LearnedCluster(UnitVector.At(2), 0.75, 30));
        Assert.Equal(["salaries", "learned 1", "learned 2"], (await ReadAsync()).Select(cluster => cluster.Name));
        int second = await AddAsync(store, 1, new LearnedCluster(UnitVector.At(3), 1.5, 200));
        IReadOnlyList<BehaviorCluster> clusters = await ReadAsync();

        Assert.Equal((2, 3), (first, second));
        Assert.Equal(["salaries", "learned 1"], clusters.Select(cluster => cluster.Name));
        Assert.Equal((1.5, 1), (clusters[1].Radius, clusters[1].EmbeddingVersion));
        Assert.Equal(UnitVector.At(3, 256), clusters[1].Centroid);
        await store.ActivateAsync("transactions", first, "test", cancellation);
        Assert.Equal([0.5, 0.25, 0.75], (await ReadAsync()).Select(cluster => cluster.Radius));

        IReadOnlyList<ClusterVersion> versions = await store.ReadVersionsAsync("transactions", cancellation);
        Assert.Equal([(3, 1, 200L, false), (2, 2, 100L, true)], versions.Select(version => (version.Version, version.Clusters, version.Members, version.IsActive)));
        Assert.Equal(told + 3, (await ReadAuditAsync()).Count);
    }

    [Fact]
    public async Task AddVersionAsync_AnotherEmbeddingVersion_LeavesTheOtherInForce()
    {
        await database.ExecuteAsync("DELETE FROM behavior_clusters");
        var store = new ClusterStore(database.ConnectionString);
        await AddAsync(store, 1, new LearnedCluster(UnitVector.At(1), 1, 70));
        await AddAsync(store, 2, new LearnedCluster(UnitVector.At(1), 2, 70));
        Assert.Equal([(1.0, 1), (2.0, 2)], (await ReadAsync()).Select(cluster => (cluster.Radius, cluster.EmbeddingVersion)));
    }

    [Fact]
    public async Task ActivateAsync_NoSuchVersion_IsRefusedAndChangesNothing()
    {
        await database.ExecuteAsync("DELETE FROM behavior_clusters");
        var store = new ClusterStore(database.ConnectionString);
        int version = await AddAsync(store, 1, new LearnedCluster(UnitVector.At(1), 1, 70));
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => store.ActivateAsync("transactions", version + 1, "test", cancellation));
        Assert.Contains($"no version {version + 1}", error.Message, StringComparison.Ordinal);
        Assert.Single(await ReadAsync());
        Assert.Empty(await store.ReadVersionsAsync("network", cancellation));
    }

    private Task<int> AddAsync(ClusterStore store, int embeddingVersion, params LearnedCluster[] clusters) =>
        store.AddVersionAsync("transactions", embeddingVersion, clusters, "test", cancellation);

    /// <summary>The tests of the class share a database, whose audit log keeps its rows.</summary>
    private Task<IReadOnlyList<SqlRow>> ReadAuditAsync() =>
        database.QueryAsync("SELECT audit_id FROM audit_log WHERE action = 'activate' AND subject_type = 'clusters'");

    private async Task<IReadOnlyList<BehaviorCluster>> ReadAsync() =>
        (await new PatternStore(database.ConnectionString).ReadAsync("transactions", cancellation)).Clusters;
}
