using System.Globalization;
using Ecart.Embedded;
using Ecart.MariaDb.Schema;
using MySqlConnector;

namespace Ecart.Bench.Pipeline;

/// <summary>The server and the database that is measured on: a private server in a temporary folder, or a database of its own on ECART_MARIADB.</summary>
internal sealed class BenchmarkStore : IAsyncDisposable
{
    private static readonly string[] Tables =
    [
        "financial_transactions", "event_keys", "event_labels", "anomaly_alerts", "alert_outbox", "consumer_offsets", "rejected_events", "entity_state",
        "entity_history", "shared_state", "embedding_states",
    ];

    private readonly MariaDbServer server;
    private readonly string folder;
    private readonly string database;

    private BenchmarkStore(MariaDbServer server, string folder, string database)
    {
        this.server = server;
        this.folder = folder;
        this.database = database;
        ConnectionString = new MySqlConnectionStringBuilder(server.ConnectionString) { Database = database, DefaultCommandTimeout = 0 }.ConnectionString;
    }

    public string ConnectionString { get; }

    public string Version => server.Version;

    /// <summary>Id of the private server's process; null for a server elsewhere.</summary>
    public int? ServerProcess { get; private set; }

    /// <summary>Starts the server, makes the schema and refuses a server that does not commit durably.</summary>
    public static async Task<BenchmarkStore> OpenAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("ecart-bench-").FullName;
        try
        {
            var options = new EmbeddedMariaDbOptions { DataFolder = Path.Combine(folder, "mariadb") };
            MariaDbServer server = await MariaDbServer.ResolveAsync(options, progress, cancellationToken);
            var store = new BenchmarkStore(server, folder, $"ecart_bench_{Environment.ProcessId}");
            try
            {
                progress.Report("Making the schema");
                await new SchemaMigrator().MigrateAsync(store.ConnectionString, dryRun: false, progress: null, cancellationToken);
                await store.RequireDurableAsync(cancellationToken);
                if (!server.IsExternal) store.ServerProcess = await store.FindProcessAsync(cancellationToken);
                return store;
            }
            catch
            {
                await store.DisposeAsync();
                throw;
            }
        }
        catch
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Opens a connection.</summary>
    public async Task<MySqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>The same beginning for everything that is compared: empty tables, no garbage of the run before.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await EmptyAsync(cancellationToken);
        GC.Collect();
    }

    /// <summary>Empties every table and puts the lanes back, so that each run begins alike. Partitions stay.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        foreach (string table in Tables) await ExecuteAsync($"TRUNCATE TABLE {table}", cancellationToken);
        await ExecuteAsync("UPDATE lanes SET epoch = 0, seq = 0, checkpoint_seq = 0", cancellationToken);
    }

    /// <summary>What the tables take on disk for each event in them.</summary>
    public async Task<StorageFootprint> MeasureFootprintAsync(int events, CancellationToken cancellationToken)
    {
        const string Query =
            """
            SELECT REGEXP_REPLACE(SUBSTRING_INDEX(name, '/', -1), '#P#.*', ''), SUM(file_size) FROM information_schema.innodb_sys_tablespaces
            WHERE name LIKE CONCAT(DATABASE(), '/%') GROUP BY 1
            """;
        double eventBytes = 0;
        double keyBytes = 0;
        double otherBytes = 0;
        await using MySqlConnection connection = await ConnectAsync(cancellationToken);
        await using var command = new MySqlCommand(Query, connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            double bytes = Convert.ToDouble(reader.GetValue(1)) / events;
            string table = reader.GetString(0);
            if (table == Tables[0]) eventBytes += bytes;
            else if (table == Tables[1]) keyBytes += bytes;
            else if (Tables.Contains(table)) otherBytes += bytes;
        }

        return new StorageFootprint(eventBytes, keyBytes, otherBytes);
    }

    /// <summary>Stops the private server and deletes its data, or drops the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server.IsExternal) await ExecuteAsync($"DROP DATABASE IF EXISTS {database}", CancellationToken.None);
        await server.DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private async Task RequireDurableAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await ConnectAsync(cancellationToken);
        await using var command = new MySqlCommand("SELECT @@GLOBAL.innodb_flush_log_at_trx_commit", connection);
        long flush = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken));
        if (flush != 1)
        {
            throw new InvalidOperationException(
                $"innodb_flush_log_at_trx_commit is {flush} on {Version}: commits are not durable and their speed says nothing. "
                + "Run: SET GLOBAL innodb_flush_log_at_trx_commit = 1");
        }
    }

    private async Task<int> FindProcessAsync(CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await ConnectAsync(cancellationToken);
        await using var command = new MySqlCommand("SELECT @@GLOBAL.pid_file", connection);
        var file = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        return int.Parse(await File.ReadAllTextAsync(file, cancellationToken), CultureInfo.InvariantCulture);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await ConnectAsync(cancellationToken);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
