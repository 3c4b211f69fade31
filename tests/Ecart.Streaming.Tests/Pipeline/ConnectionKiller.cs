using System.Threading.Channels;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>Kills connections of others, as an administrator or a failing network does.</summary>
internal static class ConnectionKiller
{
    /// <summary>Kills one connection of the database an order, until there are no more orders.</summary>
    /// <returns>Connections killed.</returns>
    public static async Task<int> RunAsync(string connectionString, ChannelReader<int> orders)
    {
        await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        int killed = 0;
        await foreach (int order in orders.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            List<long> others = await OthersAsync(connection);
            if (others.Count == 0) continue;
            try
            {
                await using var kill = new MySqlCommand($"KILL CONNECTION {others[order % others.Count]}", connection);
                await kill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
                killed++;
            }
            catch (MySqlException error) when (error.ErrorCode == MySqlErrorCode.NoSuchThread)
            {
                // It ended by itself.
            }
        }

        return killed;
    }

    private static async Task<List<long>> OthersAsync(MySqlConnection connection)
    {
        await using var command = new MySqlCommand(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() ORDER BY id", connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var ids = new List<long>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) ids.Add(reader.GetInt64(0));
        return ids;
    }
}
