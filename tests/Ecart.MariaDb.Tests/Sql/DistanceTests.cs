using System.Text.Json;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>profile_distance and knn_distance.</summary>
public sealed class DistanceTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Theory]
    [InlineData(0.3, 0.4, 0.1, 0, false)]
    [InlineData(0.55, 0.4, 0.1, 0.5, false)]
    [InlineData(0.69, 0.4, 0.1, 0.966667, false)]
    [InlineData(0.71, 0.4, 0.1, 1, true)]
    [InlineData(0.43, 0.4, 0, 0.5, false)]
    [InlineData(0.47, 0.4, 0, 1, true)]
    public async Task ProfileDistance_StoredTransaction_EqualsHandComputed(
        double distance, double mean, double deviation, double score, bool isAnomalous)
    {
        string id = $"profile {distance} {deviation}";
        await new ProfileRow { Account = id, DistanceMean = mean, DistanceStd = deviation }.StoreAsync(database);
        await new TransactionRow { Id = id, Account = id, Embedding = UnitVector.AtDistance(distance) }.StoreAsync(database);
        SqlRow row = Assert.Single(await database.QueryAsync("CALL profile_distance(@0)", id));
        double sigma = ReferenceFormulas.FlooredSigma(deviation, mean);
        Assert.Equal(distance, row.Number("distance")!.Value, 1e-6);
        Assert.Equal(mean, row.Number("mean"));
        Assert.Equal(sigma, row.Number("sigma")!.Value, 1e-12);
        Assert.Equal(mean + (3 * sigma), row.Number("threshold")!.Value, 1e-12);
        Assert.Equal(score, row.Number("score")!.Value, 1e-5);
        Assert.Equal(isAnomalous, row.Flag("is_anomalous"));
        Assert.Null(row.Text("no_opinion"));
    }

    [Fact]
    public async Task ProfileDistance_NothingToCompareWith_HasNoOpinionAndSaysWhy()
    {
        await new ProfileRow { Account = "few", Observations = 9 }.StoreAsync(database);
        await new ProfileRow { Account = "zero", Centroid = new float[128] }.StoreAsync(database);
        await new ProfileRow { Account = "good" }.StoreAsync(database);
        Assert.Equal("no profile", await OpinionAsync("nobody", UnitVector.At(0), 1));
        Assert.Equal("too few observations", await OpinionAsync("few", UnitVector.At(0), 1));
        Assert.Equal("zero vector", await OpinionAsync("zero", UnitVector.At(0), 1));
        Assert.Equal("zero vector", await OpinionAsync("good", new float[128], 1));
        Assert.Equal("profile of another embedding version", await OpinionAsync("good", UnitVector.At(0), 2));
        Assert.Equal("no vector", await OpinionAsync("good", null, 1));
        Assert.Null(await OpinionAsync("good", UnitVector.At(0), 1));
    }

    [Fact]
    public async Task ProfileDistance_OtherDimension_IsRefused()
    {
        var error = await Assert.ThrowsAsync<MySqlException>(() => OpinionAsync("good", new float[64], 1));
        Assert.Equal(1292, error.Number);
    }

    [Fact]
    public async Task ProfileDistance_UnknownTransaction_SaysSo()
    {
        var error = await Assert.ThrowsAsync<MySqlException>(() => database.QueryAsync("CALL profile_distance('it''s absent')"));
        Assert.Equal("No transaction has transaction_id 'it\\'s absent'.", error.Message);
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, 0.3)]
    public async Task KnnDistance_NormalTransactions_SpeaksFromTen(int candidates, double? distance)
    {
        // The five nearest of distances 0.1, 0.2, ... have mean 0.3.
        string account = $"neighbours {candidates}";
        await StoreNeighboursAsync(account, candidates);
        await new TransactionRow { Id = account, Account = account }.StoreAsync(database);
        SqlRow row = Assert.Single(await database.QueryAsync("CALL knn_distance(@0)", account));
        Assert.Equal(candidates, row.Number("candidates"));
        Assert.Equal(0.5, row.Number("threshold"));
        Assert.Equal(distance is null ? "too few normal transactions" : null, row.Text("no_opinion"));
        Assert.Equal(distance is null, row.Number("score") is null);
        Assert.Equal(distance is null ? null : false, row.Flag("is_anomalous"));
        if (distance is not null)
        {
            Assert.Equal(0.3, row.Number("distance")!.Value, 1e-6);
            Assert.Equal(0.3, row.Number("score")!.Value, 1e-6);
        }
    }

    [Theory]
    [InlineData(0.1, 0.05, 0.25, 0.6, true)]
    [InlineData(0.04, 0, 0.046, 1, true)]
    [InlineData(0.15, 0.05, 0.3, 0.5, false)]
    public async Task KnnDistance_OwnThreshold_ScoresAHalfThere(
        double mean, double deviation, double threshold, double score, bool isAnomalous)
    {
        string account = $"own {mean}";
        await StoreNeighboursAsync(account, 10);
        await new ProfileRow { Account = account, KnnDistanceMean = mean, KnnDistanceStd = deviation }.StoreAsync(database);
        await new TransactionRow { Id = account, Account = account }.StoreAsync(database);
        SqlRow row = Assert.Single(await database.QueryAsync("CALL knn_distance(@0)", account));
        Assert.Equal(threshold, row.Number("threshold")!.Value, 1e-9);
        Assert.Equal(score, row.Number("score")!.Value, 1e-5);
        if (score != 0.5) Assert.Equal(isAnomalous, row.Flag("is_anomalous"));
    }

    [Fact]
    public async Task KnnDistance_TransactionsThatAreNotNormal_AreLeftOut()
    {
        var one = new TransactionRow { Id = "", Account = "mixed" };
        DateTime noon = TransactionRow.Noon;
        TransactionRow[] rows =
        [
            one with { Id = "normal" },
            one with { Id = "flagged", IsFlagged = true },
            one with { Id = "flagged, but a person said normal", IsFlagged = true, IsConfirmedFraud = false },
            one with { Id = "fraud", IsConfirmedFraud = true },
            one with { Id = "late", IsLate = true },
            one with { Id = "other version", EmbeddingVersion = 2 },
            one with { Id = "30 days old", OccurredAt = noon.AddDays(-30) },
            one with { Id = "almost 30 days old", OccurredAt = noon.AddDays(-30).AddMicroseconds(1) },
            one with { Id = "of the future", OccurredAt = noon.AddMicroseconds(1) },
        ];
        for (int i = 0; i < rows.Length; i++) await (rows[i] with { Seq = 1000 + i }).StoreAsync(database);
        await (one with { Id = "mixed", Seq = 2000 }).StoreAsync(database);
        await (one with { Id = "later entry", Seq = 2001 }).StoreAsync(database);
        Assert.Equal(3, Assert.Single(await database.QueryAsync("CALL knn_distance('mixed')")).Number("candidates"));
        string json = (await database.QueryAsync(
            "SELECT knn_distance('mixed', @0, 1, @1, NULL) AS result", UnitVector.At(0), noon))[0].Text("result")!;
        Assert.Equal(5, JsonDocument.Parse(json).RootElement.GetProperty("candidates").GetInt32());
    }

    private async Task<string?> OpinionAsync(string account, float[]? vector, int version)
    {
        SqlRow row = (await database.QueryAsync("SELECT profile_distance(@0, @1, @2) AS result", account, vector, version))[0];
        using JsonDocument result = JsonDocument.Parse(row.Text("result")!);
        string? reason = result.RootElement.GetProperty("no_opinion").GetString();
        Assert.Equal(reason is null, result.RootElement.GetProperty("score").ValueKind != JsonValueKind.Null);
        return reason;
    }

    private async Task StoreNeighboursAsync(string account, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            await new TransactionRow
            {
                Id = $"{account} {i}",
                Account = account,
                Embedding = UnitVector.AtDistance(0.1 * i),
            }.StoreAsync(database);
        }
    }
}
