using Ecart.MariaDb.Schema;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Schema;

/// <summary>A database name of one test, dropped at the end. It does not exist until created.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly MySqlConnectionStringBuilder settings;

    private ScratchDatabase(string connectionString) =>
        settings = new MySqlConnectionStringBuilder(connectionString) { AllowUserVariables = true, Pooling = false };

    /// <summary>Reserves a name.</summary>
    public static async Task<ScratchDatabase> ReserveAsync(MariaDbFixture server)
    {
        var database = new ScratchDatabase(await server.CreateDatabaseAsync("schema", TestContext.Current.CancellationToken));
        await database.DisposeAsync();
        return database;
    }

    /// <summary>Reserves a name and creates the database with the program's schema.</summary>
    public static async Task<ScratchDatabase> MigrateAsync(MariaDbFixture server)
    {
        ScratchDatabase database = await ReserveAsync(server);
        await new SchemaMigrator().MigrateAsync(database.ConnectionString, false, null, TestContext.Current.CancellationToken);
        return database;
    }

    public string Name => settings.Database;

    public string ConnectionString => settings.ConnectionString;

    public string ConnectionStringOf(string user, string password) =>
        new MySqlConnectionStringBuilder(ConnectionString) { UserID = user, Password = password }.ConnectionString;

    public async Task<MySqlConnection> OpenAsync(bool inside = true)
    {
        var target = new MySqlConnectionStringBuilder(ConnectionString);
        if (!inside) target.Database = "";
        var connection = new MySqlConnection(target.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async Task ExecuteAsync(string sql, bool inside = true)
    {
        await using MySqlConnection connection = await OpenAsync(inside);
        using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Every row, its columns joined by blanks.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql, bool inside = true)
    {
        await using MySqlConnection connection = await OpenAsync(inside);
        using var command = new MySqlCommand(sql, connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i)))));
        return rows;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE IF EXISTS {Name}", inside: false);
}
