using Ecart.Embedded;
using MySqlConnector;
using Xunit;

namespace Ecart.TestKit;

/// <summary>
/// One MariaDB server for the tests of a process: an assembly fixture
/// (<c>[assembly: AssemblyFixture(typeof(MariaDbFixture))]</c>), taken as a constructor parameter. The server starts with the first
/// database asked for. ECART_MARIADB names a server to use instead. Databases are dropped at the end. Thread-safe.
/// </summary>
public sealed class MariaDbFixture : IAsyncDisposable
{
    private const long Mebibyte = 1L << 20;

    private readonly SemaphoreSlim starting = new(1, 1);
    private readonly List<string> databases = [];
    private readonly string dataFolder = TestFolder.NewPath("mariadb");
    private MariaDbServer? server;
    private string? unavailable;

    /// <summary>Creates an empty database. Without a server the test is skipped with the reason, and fails where CI=true.</summary>
    /// <param name="name">Part of the database's name for people, usually the test class: letters, digits and underscores.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <returns>A connection string naming the new database.</returns>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            await StartOnceAsync(cancellationToken);
            Require.Part(server is not null, "MariaDB", unavailable ?? "");
            // Several processes may share the server of ECART_MARIADB, hence the process id.
            var database = $"ecart_test_{name.ToLowerInvariant()}_{Environment.ProcessId}_{databases.Count}";
            await ExecuteAsync(server!.ConnectionString, $"CREATE DATABASE `{database}`", cancellationToken);
            databases.Add(database);
            // Every test has a pool of its own: connections kept idle for MySqlConnector's three minutes would use up all that the server has.
            return new MySqlConnectionStringBuilder(server.ConnectionString) { Database = database, ConnectionIdleTimeout = 5 }.ConnectionString;
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Drops the databases and stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            if (server.IsExternal)
            {
                foreach (var database in databases)
                {
                    await ExecuteAsync(server.ConnectionString, $"DROP DATABASE IF EXISTS `{database}`", CancellationToken.None);
                }
            }

            await server.DisposeAsync();
        }

        TestFolder.Delete(dataFolder);
        starting.Dispose();
    }

    private async Task StartOnceAsync(CancellationToken cancellationToken)
    {
        if (server is not null || unavailable is not null) return;
        var options = new EmbeddedMariaDbOptions
        {
            DataFolder = dataFolder,
            BufferPoolBytes = 256 * Mebibyte,
            LogFileBytes = 128 * Mebibyte,
        };
        try
        {
            server = await MariaDbServer.ResolveAsync(options, cancellationToken: cancellationToken);
        }
        catch (EmbeddedMariaDbException error)
        {
            unavailable = error.Message;
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
