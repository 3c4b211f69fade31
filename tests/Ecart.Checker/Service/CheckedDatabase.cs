using System.Diagnostics;
using Ecart.Embedded;
using MySqlConnector;

namespace Ecart.Checker.Service;

/// <summary>The private server of a check: it can be killed and comes back on the same data.</summary>
internal sealed class CheckedDatabase : IAsyncDisposable
{
    private readonly EmbeddedMariaDbOptions options;
    private EmbeddedMariaDb server;

    private CheckedDatabase(EmbeddedMariaDbOptions options, EmbeddedMariaDb server)
    {
        this.options = options;
        this.server = server;
    }

    /// <summary>Leads to the database by its socket, which stays the same.</summary>
    public string ConnectionString => server.ConnectionString;

    /// <summary>Folder of the data.</summary>
    public string Folder => server.DataFolder;

    /// <summary>A small server, quick to start and to recover: it is killed often.</summary>
    public static Task<CheckedDatabase> StartSmallAsync(string folder, CancellationToken cancellationToken) => StartAsync(
        new EmbeddedMariaDbOptions
        {
            DataFolder = folder,
            Database = "ecart",
            BufferPoolBytes = 128 << 20,
            LogFileBytes = 48 << 20,
            VectorCacheBytes = 16 << 20,
        },
        cancellationToken);

    /// <summary>
    /// A server for a load of many minutes: the keys of all events, some 125 bytes each, stay in its memory. Where they do not, every event costs a read from
    /// the disk, and what is measured is the disk.
    /// </summary>
    public static Task<CheckedDatabase> StartLargeAsync(string folder, CancellationToken cancellationToken) => StartAsync(
        new EmbeddedMariaDbOptions
        {
            DataFolder = folder,
            Database = "ecart",
            BufferPoolBytes = Math.Max(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4),
        },
        cancellationToken);

    private static async Task<CheckedDatabase> StartAsync(EmbeddedMariaDbOptions options, CancellationToken cancellationToken) =>
        new(options, await EmbeddedMariaDb.StartAsync(options, null, cancellationToken));

    /// <summary>SIGKILL, then a new start: the server recovers from its logs.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                string commandLine = CommandLine(process.Id);
                if (!commandLine.Contains("--datadir=" + Folder, StringComparison.Ordinal)) continue;
                if (commandLine.Contains("ecart-guard", StringComparison.Ordinal)) continue;
                process.Kill();
                await process.WaitForExitAsync(cancellationToken);
            }
        }

        await server.DisposeAsync();
        server = await EmbeddedMariaDb.StartAsync(options, null, cancellationToken);
    }

    /// <summary>Kills every connection but this one.</summary>
    public async Task KillConnectionsAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await OpenAsync(cancellationToken);
        var ids = new List<long>();
        await using (var list = new MySqlCommand(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()", connection))
        await using (MySqlDataReader row = await list.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken)) ids.Add(row.GetInt64(0));
        }

        foreach (long id in ids)
        {
            try
            {
                await using var kill = new MySqlCommand($"KILL CONNECTION {id}", connection);
                await kill.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (MySqlException error) when (error.ErrorCode == MySqlErrorCode.NoSuchThread)
            {
                // It ended by itself.
            }
        }
    }

    /// <summary>A number that the database says.</summary>
    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await OpenAsync(cancellationToken);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), null);
    }

    public async Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(ConnectionString + ";Pooling=false;DefaultCommandTimeout=0");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>A process may end while it is looked at.</summary>
    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
