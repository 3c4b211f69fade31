using System.Security.Cryptography;
using System.Text;
using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>
/// A server-wide lock of one purpose on one database, held by a connection: two processes take turns. A connection that ends releases it.
/// </summary>
internal sealed class NamedLock : IAsyncDisposable
{
    private readonly MySqlConnection connection;
    private readonly string name;

    private NamedLock(MySqlConnection connection, string name)
    {
        this.connection = connection;
        this.name = name;
    }

    /// <summary>Waits for the lock until cancelled.</summary>
    /// <param name="waiting">Called once, when somebody else holds it.</param>
    public static async Task<NamedLock> AcquireAsync(
        MySqlConnection connection, string purpose, Action? waiting, CancellationToken cancellationToken)
    {
        // Lock names hold 64 characters and are not local to a database: the hash makes any database name fit.
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(connection.Database)))[..24];
        string name = $"ecart.{purpose}.{hash}";
        if (await TryAsync(connection, name, 0, cancellationToken).ConfigureAwait(false)) return new NamedLock(connection, name);
        waiting?.Invoke();
        while (!await TryAsync(connection, name, 5, cancellationToken).ConfigureAwait(false))
            cancellationToken.ThrowIfCancellationRequested();
        return new NamedLock(connection, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection.State != System.Data.ConnectionState.Open) return;
        using var command = new MySqlCommand("SELECT RELEASE_LOCK(@name)", connection);
        command.Parameters.AddWithValue("@name", name);
        await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task<bool> TryAsync(MySqlConnection connection, string name, int seconds, CancellationToken cancellationToken)
    {
        using var command = new MySqlCommand("SELECT GET_LOCK(@name, @seconds)", connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("@name", name);
        command.Parameters.AddWithValue("@seconds", seconds);
        object? taken = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return Convert.ToInt64(taken) == 1;
    }
}
