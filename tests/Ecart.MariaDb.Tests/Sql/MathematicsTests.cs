using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

public sealed class MathematicsTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Theory]
    [InlineData(0, 1e-6)]
    [InlineData(1, 1e-6)]
    [InlineData(5, 1e-6)]
    [InlineData(1, 0.25)]
    [InlineData(3, 0.25)]
    [InlineData(5, 0.25)]
    [InlineData(20, 3.5)]
    [InlineData(2, 7)]
    [InlineData(7, 7)]
    [InlineData(100, 60)]
    [InlineData(900, 1000)]
    [InlineData(1000, 1000)]
    [InlineData(1024, 1000)]
    [InlineData(1, 1000)]
    public async Task PoissonUpperTail_AnyCountAndMean_EqualsReference(int count, double mean)
    {
        double? actual = await database.NumberAsync("SELECT poisson_upper_tail(@0, @1) AS p", count, mean);
        double expected = ReferenceFormulas.PoissonUpperTail(count, mean);
        Assert.InRange(actual!.Value, expected - (1e-9 * expected) - 1e-300, expected + (1e-9 * expected) + 1e-300);
    }

    [Fact]
    public async Task PoissonUpperTail_FarTail_IsAboveZero()
    {
        // 1 - cdf would be exactly 0 here. P(X >= 20 | 0.5) = e^-0.5 0.5^20 / 20! (1 + ...) = 2.4e-25
        double? actual = await database.NumberAsync("SELECT poisson_upper_tail(20, 0.5) AS p");
        Assert.InRange(actual!.Value, 2.3e-25, 2.5e-25);
    }

    [Fact]
    public async Task PoissonUpperTail_CountUnreachable_IsInRange() =>
        Assert.Equal(0, await database.NumberAsync("SELECT poisson_upper_tail(1024, 1e-6) AS p"));

    [Theory]
    [InlineData(48.8566, 2.3522, 40.7128, -74.006)]
    [InlineData(0, 0, 0, 180)]
    [InlineData(-33.9, 151.2, 51.5, -0.1)]
    [InlineData(10, 179.9, 10, -179.9)]
    [InlineData(52.5, 13.4, 52.5, 13.4)]
    public async Task HaversineKm_TwoPositions_EqualsReference(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        double? actual = await database.NumberAsync(
            "SELECT haversine_km(@0, @1, @2, @3) AS km", latitude1, longitude1, latitude2, longitude2);
        Assert.Equal(ReferenceFormulas.Kilometres(latitude1, longitude1, latitude2, longitude2), actual!.Value, 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(256)]
    public async Task Pad_ShorterVector_KeepsDistances(int dimension)
    {
        float[] ones = [.. Enumerable.Repeat(1f, dimension)];
        double? distance = await database.NumberAsync("SELECT VEC_DISTANCE_EUCLIDEAN(ecart_pad(@0), ecart_pad('')) AS d", ones);
        Assert.Equal(Math.Sqrt(dimension), distance!.Value, 1e-6);
    }

    [Fact]
    public async Task Pad_LongerVector_IsRefused() =>
        await Assert.ThrowsAsync<MySqlException>(() => database.QueryAsync("SELECT ecart_pad(@0) AS v", new float[257]));

    [Theory]
    [InlineData(0.6500004, 0.65)]
    [InlineData(0.6500005, 0.650001)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task RoundScore_SixDecimals_RoundsHalvesUp(double score, double expected) =>
        Assert.Equal(expected, await database.NumberAsync("SELECT ecart_round_score(@0) AS s", score));

    [Fact]
    public async Task RoundScore_SumOfContributions_IsExact() =>
        Assert.Equal(0.65, await database.NumberAsync("SELECT ecart_round_score(0.15e0 + 0.3e0 + 0.2e0) AS s"));
}
