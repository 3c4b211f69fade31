using Ecart.MariaDb.Writing;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Writing;

public sealed class TransientErrorsTests(MariaDbFixture server)
{
    [Fact]
    public async Task IsTransient_ConnectionKilled_AlsoForTheCommandAfter()
    {
        string database = await server.CreateDatabaseAsync("transient", Cancellation);
        await using var victim = new MySqlConnection(database + ";Pooling=false");
        await victim.OpenAsync(Cancellation);
        await using (var killer = new MySqlConnection(database))
        {
            await killer.OpenAsync(Cancellation);
            await using var kill = new MySqlCommand($"KILL {victim.ServerThread}", killer);
            await kill.ExecuteNonQueryAsync(Cancellation);
        }

        Exception first = await FailAsync(victim);
        Exception second = await FailAsync(victim);

        Assert.IsType<InvalidOperationException>(second);
        Assert.All(new[] { first, second }, error => Assert.True(TransientErrors.IsTransient(error) && TransientErrors.IsConnectionLost(error), error.ToString()));
        Assert.False(TransientErrors.IsTransient(new InvalidOperationException("something else")));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<Exception> FailAsync(MySqlConnection connection) => Assert.ThrowsAnyAsync<Exception>(async () =>
    {
        await using var command = new MySqlCommand("SELECT 1", connection);
        await command.ExecuteScalarAsync(Cancellation);
    });
}
