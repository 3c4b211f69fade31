using Ecart.App.Tests.Programs;
using Ecart.Embedded;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>The first thing that a newcomer runs.</summary>
public sealed class DemoCommandTests
{
    private static readonly string[] Small = ["demo", "--once", "--accounts", "100", "--days", "50"];

    [Fact]
    public async Task Demo_Twice_ReportsAndAddsNothingTwice()
    {
        using TestFolder folder = TestFolder.Create("demo");
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        ProgramResult first = await EcartProcess.RunAsync(folder.Path, cancellation, Small);
        StoreContent afterFirst = await StoreContent.ReadAsync(folder.Path, "ecart_demo", cancellation);
        ProgramResult second = await EcartProcess.RunAsync(folder.Path, cancellation, Small);
        StoreContent afterSecond = await StoreContent.ReadAsync(folder.Path, "ecart_demo", cancellation);
        await RunFirstQueriesAsync(folder.Path, cancellation);
        ProgramResult asked = await EcartProcess.RunAsync(
            folder.Path, cancellation, "sql", "--demo", "SELECT severity, COUNT(*) AS alerts FROM anomaly_alerts GROUP BY severity; SELECT NULL, x'0a', 1.5");
        ProgramResult other = await EcartProcess.RunAsync(folder.Path, cancellation, [.. Small, "--seed", "2"]);

        Assert.True(first.Code == 0, first.Everything);
        foreach (string expected in new[] { "a second", "precision", "recall", "Alerts by severity", "alert, score", "Server=127.0.0.1", "SELECT" })
            Assert.Contains(expected, first.Output, StringComparison.Ordinal);
        Assert.True(afterFirst["events"].Count > 8000);
        Assert.True(afterFirst["profiles"].Count > 90);
        Assert.Equal(afterFirst["alerts"].Count, afterFirst["outbox"].Count);
        Assert.True(second.Code == 0, second.Everything);
        Assert.Contains("nothing was added", second.Output, StringComparison.Ordinal);
        foreach (string part in StoreContent.Names) Assert.Equal(afterFirst[part], afterSecond[part]);
        Assert.True(asked.Code == 0, asked.Everything);
        Assert.Contains("severity\talerts\n", asked.Output, StringComparison.Ordinal);
        Assert.Contains("NULL\t0x0a\t1.5\n", asked.Output, StringComparison.Ordinal);
        Assert.Equal(2, other.Code);
        Assert.Contains("--fresh", other.Errors, StringComparison.Ordinal);
    }

    /// <summary>The statements that the report invites to try.</summary>
    private static async Task RunFirstQueriesAsync(string home, CancellationToken cancellation)
    {
        string[] queries = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "src/Ecart.App/Demo/first-queries.sql"));
        var options = new EmbeddedMariaDbOptions { DataFolder = Path.Combine(home, "mariadb"), Database = "ecart_demo" };
        await using EmbeddedMariaDb server = await EmbeddedMariaDb.StartAsync(options, null, cancellation);
        await using var connection = new MySqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        Assert.Equal(4, queries.Length);
        foreach (string query in queries)
        {
            await using var command = new MySqlCommand(query, connection);
            await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellation);
            Assert.True(await row.ReadAsync(cancellation) || query.StartsWith("CALL", StringComparison.Ordinal), query);
        }
    }
}
