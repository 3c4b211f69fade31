using MySqlConnector;

namespace Ecart.Embedded.Tests;

internal static class Sql
{
    /// <summary>Runs one statement on a connection of its own.</summary>
    public static async Task<object?> ScalarAsync(string connectionString, string sql, CancellationToken cancellation)
    {
        await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
