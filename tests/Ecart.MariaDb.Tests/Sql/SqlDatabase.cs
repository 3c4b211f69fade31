using Ecart.MariaDb.Schema;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>A migrated database of one test class.</summary>
public sealed class SqlDatabase(MariaDbFixture server) : IAsyncLifetime
{
    /// <summary>For what opens its own connections.</summary>
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        string created = await server.CreateDatabaseAsync("sql", TestContext.Current.CancellationToken);
        ConnectionString = new MySqlConnectionStringBuilder(created) { AllowUserVariables = true }.ConnectionString;
        await new SchemaMigrator().MigrateAsync(ConnectionString, false, null, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async Task<MySqlConnection> OpenAsync()
    {
        var connection = new MySqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async Task ExecuteAsync(string sql, params object?[] values)
    {
        await using MySqlConnection connection = await OpenAsync();
        await using MySqlCommand command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The rows of the first result; NULL is null.</summary>
    /// <param name="sql">Values are @0, @1, ...</param>
    /// <param name="values">A float array is sent as a vector.</param>
    public async Task<IReadOnlyList<SqlRow>> QueryAsync(string sql, params object?[] values)
    {
        await using MySqlConnection connection = await OpenAsync();
        await using MySqlCommand command = Command(connection, sql, values);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<SqlRow>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var cells = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (int i = 0; i < reader.FieldCount; i++) cells[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(new SqlRow(cells));
        }

        // An error of a later statement shows only when its result is asked for.
        while (await reader.NextResultAsync(TestContext.Current.CancellationToken))
        {
        }

        return rows;
    }

    /// <summary>The only column of the only row as a number; NULL is null.</summary>
    public async Task<double?> NumberAsync(string sql, params object?[] values)
    {
        SqlRow row = Assert.Single(await QueryAsync(sql, values));
        return row.Number(Assert.Single(row.Names));
    }

    /// <summary>The day on the server's clock, by which reports look back.</summary>
    public async Task<DateTime> TodayAsync()
    {
        await using MySqlConnection connection = await OpenAsync();
        await using MySqlCommand command = Command(connection, "SELECT UTC_DATE()", []);
        return (DateTime)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task<SqlVerdict> ScoreAsync(string transactionId)
    {
        SqlRow row = Assert.Single(await QueryAsync(
            "CALL score_transaction(@0, @score, @flagged, @reasons); SELECT @score AS score, @flagged AS flagged, @reasons AS reasons",
            transactionId));
        return SqlVerdict.Of(row);
    }

    private static MySqlCommand Command(MySqlConnection connection, string sql, object?[] values)
    {
        var command = new MySqlCommand(sql, connection);
        for (int i = 0; i < values.Length; i++)
        {
            MySqlParameter parameter = command.Parameters.AddWithValue($"@{i}", values[i]);
            if (values[i] is float[]) parameter.MySqlDbType = MySqlDbType.Vector;
        }

        return command;
    }
}
