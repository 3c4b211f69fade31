using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Embedded.Tests;

public sealed class MariaDbServerTests(MariaDbFixture fixture) : IDisposable
{
    private readonly string folder = TestFolder.NewPath("resolve");

    public void Dispose() => TestFolder.Delete(folder);

    [Fact]
    public async Task ResolveAsync_ExternalServer_IsUsedAndLeftRunning()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var external = new MySqlConnectionStringBuilder(await fixture.CreateDatabaseAsync(nameof(MariaDbServerTests), cancellation))
        {
            AllowUserVariables = false,
            AllowLoadLocalInfile = false,
        };

        await using (var server = await MariaDbServer.ResolveAsync(external.ConnectionString, TestServer.Options(folder), null, cancellation))
        {
            Assert.True(server.IsExternal);
            Assert.Null(server.Embedded);
            var resolved = new MySqlConnectionStringBuilder(server.ConnectionString);
            Assert.True(resolved.AllowUserVariables && resolved.AllowLoadLocalInfile);
            Assert.Equal(external.Database, resolved.Database);
        }

        Assert.False(Directory.Exists(folder));
        Assert.Equal(1, await Sql.ScalarAsync(external.ConnectionString, "SELECT 1", cancellation));
    }

    [Fact]
    public async Task ResolveAsync_ExternalServerWithoutTheDatabase_IsUsed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var external = new MySqlConnectionStringBuilder(await fixture.CreateDatabaseAsync(nameof(MariaDbServerTests), cancellation))
        {
            Database = "not_there_yet",
        };

        await using var server = await MariaDbServer.ResolveAsync(external.ConnectionString, TestServer.Options(folder), null, cancellation);

        Assert.Equal("not_there_yet", new MySqlConnectionStringBuilder(server.ConnectionString).Database);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public async Task ResolveAsync_NoExternalServer_StartsTheEmbeddedOne(string? external)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using (await TestServer.StartAsync(TestServer.Options(folder)))
        {
        }

        await using var server = await MariaDbServer.ResolveAsync(external, TestServer.Options(folder), null, cancellation);

        Assert.False(server.IsExternal);
        Assert.True(server.Embedded!.IsOwner);
    }

    [Fact]
    public async Task ResolveAsync_NoConnectionString_SaysSo() =>
        Assert.Contains("ECART_MARIADB is not a connection string", await FailureAsync("mysql://localhost/ecart"), StringComparison.Ordinal);

    [Fact]
    public async Task ResolveAsync_ServerDoesNotAnswer_SaysWhatToDo() =>
        Assert.Contains("Start it, correct ECART_MARIADB, or unset it",
            await FailureAsync($"Server={folder}/none.sock;ConnectionProtocol=UnixSocket;User ID=ecart"), StringComparison.Ordinal);

    private async Task<string> FailureAsync(string external) =>
        (await Assert.ThrowsAsync<EmbeddedMariaDbException>(() => MariaDbServer.ResolveAsync(
            external, TestServer.Options(folder), null, TestContext.Current.CancellationToken))).Message;
}
