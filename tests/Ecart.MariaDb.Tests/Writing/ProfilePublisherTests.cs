using Ecart.Domains.Transactions;
using Ecart.MariaDb.Tests.Sql;
using Ecart.MariaDb.Writing;
using Xunit;

namespace Ecart.MariaDb.Tests.Writing;

public sealed class ProfilePublisherTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Fact]
    public async Task PublishAsync_Complete_ReplacesAllThereWere()
    {
        await PublishAsync(true, Neighbours(0.1), "a", "b", "c");
        await PublishAsync(true, null, "b", "d");
        Assert.Equal(["b 0.1", "d none"], await ReadAsync());
        await PublishAsync(true, null);
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task PublishAsync_Changes_ReplacesThoseAndKeepsTheirNeighbourDistances()
    {
        await PublishAsync(true, Neighbours(0.1), "a", "b");
        await PublishAsync(false, null, "b", "c");
        Assert.Equal(["a 0.1", "b 0.1", "c none"], await ReadAsync());
        await PublishAsync(false, Neighbours(0.3), "b");
        Assert.Equal(["a 0.1", "b 0.3", "c none"], await ReadAsync());
        Assert.Equal(0, await PublishAsync(false, null, "a", "b"));
        Assert.Equal(1, await PublishAsync(false, null, [Profile("a"), Profile("b") with { Seq = 2 }]));
        Assert.Equal(0, await PublishAsync(false, null));
        Assert.Equal(3, (await ReadAsync()).Length);
    }

    [Fact]
    public async Task PublishAsync_Swapped_KeepsTheVectorIndexAndTheRoutines()
    {
        await PublishAsync(true, null, [.. Enumerable.Range(0, 600).Select(i => $"account {i}")]);
        IReadOnlyList<SqlRow> plan = await database.QueryAsync(
            "EXPLAIN SELECT account_id FROM account_spending_profiles ORDER BY VEC_DISTANCE_EUCLIDEAN(centroid, @0) LIMIT 3", UnitVector.At(0));
        Assert.Equal("centroid", plan[0].Text("key"));
        Assert.NotEmpty(await database.QueryAsync("SELECT profile_distance('account 3', @0, 1) AS result", UnitVector.At(1)));
        Assert.Equal(0, await database.NumberAsync(
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE 'account\\_spending\\_profiles\\_%'"));
    }

    [Fact]
    public async Task PublishAsync_NoDistanceMeasured_IsUnknownAndNoOpinion()
    {
        await PublishAsync(true, null, [Profile("unmeasured") with { DistanceMean = double.NaN }]);
        await new TransactionRow { Id = "unmeasured", Account = "unmeasured", Embedding = UnitVector.AtDistance(1.5) }.StoreAsync(database);
        Assert.Equal("no distance measured yet", Assert.Single(await database.QueryAsync("CALL profile_distance('unmeasured')")).Text("no_opinion"));
        Assert.Empty((await database.ScoreAsync("unmeasured")).Reasons);
    }

    [Fact]
    public async Task ScoreTransaction_DistanceThatTheProgramMeasured_StaysForRebuilds()
    {
        await PublishAsync(true, null, "measured");
        await new TransactionRow { Id = "measured", Account = "measured", Embedding = UnitVector.AtDistance(1.5) }.StoreAsync(database);
        await database.ExecuteAsync("UPDATE financial_transactions SET distance_to_profile = 0.25 WHERE transaction_id = 'measured'");
        await database.ScoreAsync("measured");
        Assert.Equal(0.25, await database.NumberAsync("SELECT distance_to_profile FROM financial_transactions WHERE transaction_id = 'measured'"));
    }

    [Fact]
    public async Task PublishAsync_IncompleteWithManyChanges_KeepsTheOthers()
    {
        await PublishAsync(true, Neighbours(0.1), "a", "b");

        int changed = await PublishAsync(false, null, [.. Enumerable.Range(0, 600).Select(i => $"account {i}"), "b"]);

        Assert.Equal(600, changed);
        string[] published = await ReadAsync();
        Assert.Equal(602, published.Length);
        Assert.Equal(["a 0.1", "b 0.1"], published.Where(profile => !profile.StartsWith("account", StringComparison.Ordinal)));
    }

    private static Dictionary<string, (double Mean, double Deviation)> Neighbours(double mean) =>
        new[] { "a", "b", "c" }.ToDictionary(account => account, _ => (mean, 0.01));

    private Task<int> PublishAsync(
        bool isComplete, IReadOnlyDictionary<string, (double Mean, double Deviation)>? neighbours, params string[] accounts) =>
        PublishAsync(isComplete, neighbours, [.. accounts.Select(Profile)]);

    private Task<int> PublishAsync(
        bool isComplete, IReadOnlyDictionary<string, (double Mean, double Deviation)>? neighbours, PublishedAccountProfile[] profiles) =>
        new ProfilePublisher<PublishedAccountProfile>(database.ConnectionString, new AccountProfileTable()).PublishAsync(
            profiles, isComplete, new PublicationDetails(1, 30, DateTime.UnixEpoch, neighbours), TestContext.Current.CancellationToken);

    private async Task<string[]> ReadAsync()
    {
        IReadOnlyList<SqlRow> rows = await database.QueryAsync(
            "SELECT CONCAT(account_id, ' ', COALESCE(knn_distance_mean, 'none')) AS profile FROM account_spending_profiles ORDER BY account_id");
        return [.. rows.Select(row => row.Text("profile")!)];
    }

    private static PublishedAccountProfile Profile(string account) => new(
        account, UnitVector.At(account.Length), 20, 50, 5, 90, 3.9, 0.1, 20, new int[24], ["food"], ["FR"], [12], 0.4, 0.1, 7, 1);
}
