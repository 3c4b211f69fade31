using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Embedded.Tests;

public sealed class MariaDbFixtureTests(MariaDbFixture fixture)
{
    [Fact]
    public async Task CreateDatabaseAsync_TwoNames_GivesSeparateEmptyDatabases()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var first = await fixture.CreateDatabaseAsync(nameof(MariaDbFixtureTests), cancellation);
        var second = await fixture.CreateDatabaseAsync(nameof(MariaDbFixtureTests), cancellation);
        await Sql.ScalarAsync(first, "CREATE TABLE words (id INT)", cancellation);

        Assert.NotEqual(new MySqlConnectionStringBuilder(first).Database, new MySqlConnectionStringBuilder(second).Database);
        Assert.Equal("words", await Sql.ScalarAsync(first, "SHOW TABLES", cancellation));
        Assert.Null(await Sql.ScalarAsync(second, "SHOW TABLES", cancellation));
    }

    [Fact]
    public async Task CreateDatabaseAsync_NewDatabase_HasVectorsAndTheProductsCharacterSet()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var database = await fixture.CreateDatabaseAsync(nameof(MariaDbFixtureTests), cancellation);

        Assert.Equal("utf8mb4_uca1400_ai_ci", await Sql.ScalarAsync(database, "SELECT @@collation_database", cancellation));
        var distance = await Sql.ScalarAsync(
            database, "SELECT VEC_DISTANCE_EUCLIDEAN(VEC_FromText('[0,3]'), VEC_FromText('[4,0]'))", cancellation);
        Assert.Equal(5.0, distance);
    }
}
