using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Live;

/// <summary>A transaction that keeps every lane locked: no batch can commit until it ends.</summary>
internal sealed class HeldLanes : IAsyncDisposable
{
    private readonly MySqlConnection connection;
    private readonly MySqlTransaction transaction;

    private HeldLanes(MySqlConnection connection, MySqlTransaction transaction)
    {
        this.connection = connection;
        this.transaction = transaction;
    }

    /// <summary>Takes the locks.</summary>
    /// <param name="connectionString">The store.</param>
    /// <param name="takeOver">Whether the lanes have another owner once it is released.</param>
    public static async Task<HeldLanes> TakeAsync(string connectionString, bool takeOver = false)
    {
        var connection = new MySqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        MySqlTransaction transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        string sql = takeOver ? "UPDATE lanes SET epoch = epoch + 1" : "SELECT COUNT(*) FROM (SELECT lane FROM lanes FOR UPDATE) locked";
        await using var command = new MySqlCommand(sql, connection, transaction);
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return new HeldLanes(connection, transaction);
    }

    /// <summary>Lets commits go on.</summary>
    public Task ReleaseAsync() => transaction.CommitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
