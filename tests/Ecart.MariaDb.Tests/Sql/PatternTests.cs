using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>Clusters and signatures. Each test has an embedding version of its own, so that they do not meet.</summary>
public sealed class PatternTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(0.3, 0)]
    [InlineData(0.35, 0.1)]
    [InlineData(0.45, 0.3)]
    [InlineData(1.5, 0.4)]
    public async Task Score_NewAccountAtDistanceFromCluster_AddsItsMargin(double distance, double expected)
    {
        int version = 10 + (int)(distance * 100);
        await StoreClusterAsync("home", 0, 0.3001, version, active: true);
        await StoreClusterAsync("gone", 0.5, 2, version, active: false);
        string id = $"cluster {distance}";
        await StoreAsync(id, UnitVector.AtDistance(distance), version);
        Assert.Equal(expected, (await database.ScoreAsync(id)).Score!.Value, 3e-4);
        SqlRow row = Assert.Single(await database.QueryAsync("CALL cluster_distance(@0)", id));
        Assert.Equal(expected > 0 ? "OUTSIDE_CLUSTER" : "INSIDE_CLUSTER", row.Text("label"));
        Assert.Equal(distance - 0.3001, row.Number("margin")!.Value, 1e-5);
        Assert.Equal("home", row.Text("cluster"));
    }

    [Fact]
    public async Task ClusterDistance_NoClusterOfTheVersion_HasNoOpinion()
    {
        await StoreAsync("alone", UnitVector.At(0), 9);
        SqlRow row = Assert.Single(await database.QueryAsync("CALL cluster_distance('alone')"));
        Assert.Null(row.Text("label"));
        Assert.Null(row.Number("distance"));
        Assert.Equal(["new_profile"], (await database.ScoreAsync("alone")).Types);
    }

    [Fact]
    public async Task ClusterDistance_NearerMarginOfWiderCluster_Wins()
    {
        await StoreClusterAsync("narrow", 0, 0.05, 8, active: true);
        await StoreClusterAsync("wide", 0.6, 0.5, 8, active: true);
        await StoreAsync("between", UnitVector.At(0.2), 8);
        SqlRow row = Assert.Single(await database.QueryAsync("CALL cluster_distance('between')"));
        Assert.Equal("wide", row.Text("cluster"));
        Assert.Equal((2 * Math.Sin(0.2)) - 0.5, row.Number("margin")!.Value, 1e-6);
    }

    [Fact]
    public async Task Score_SeveralSignatures_TakesTheWorstThenTheNearestByRadius()
    {
        await StoreSignatureAsync("near but medium", 0.01, "medium", 0.5);
        await StoreSignatureAsync("high at half its radius", 0.1, "high", 0.2);
        await StoreSignatureAsync("high at a quarter", 0.2, "high", 0.8);
        await StoreSignatureAsync("critical out of reach", 0.3, "critical", 0.29);
        await StoreSignatureAsync("critical of another domain", 0, "critical", 1, "network");
        await StoreSignatureAsync("critical but retired", 0, "critical", 1, active: false);
        await new ProfileRow { Account = "threat", EmbeddingVersion = 7 }.StoreAsync(database);
        await StoreAsync("threat", UnitVector.At(0), 7);
        SqlVerdict verdict = await database.ScoreAsync("threat");
        Assert.Equal(0.7, verdict.Score);
        Assert.Contains("high at a quarter", verdict.Details["signature"], StringComparison.Ordinal);
    }

    private Task StoreAsync(string id, float[] embedding, int version) =>
        new TransactionRow { Id = id, Account = id, Embedding = embedding, EmbeddingVersion = version }.StoreAsync(database);

    private Task StoreClusterAsync(string name, double radians, double radius, int version, bool active) => database.ExecuteAsync(
        """
        INSERT INTO behavior_clusters (name, domain, centroid, radius, member_count, version, embedding_version, active)
        VALUES (@0, 'transactions', @1, @2, 10, @3, @3, @4)
        """,
        name, UnitVector.At(radians, 256), radius, version, active);

    private Task StoreSignatureAsync(
        string name, double distance, string severity, double radius, string? domain = null, bool active = true) => database.ExecuteAsync(
        """
        INSERT INTO threat_signatures (name, category, severity, domain, `vector`, radius, embedding_version, active)
        VALUES (@0, 'malware', @1, @2, @3, @4, 7, @5)
        """,
        name, severity, domain, UnitVector.AtDistance(distance, 256), radius, active);
}
