using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Cluster;

/// <summary>What the nodes of a cluster have stored.</summary>
internal static class ClusterStore
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>So many events are stored, each once, in lanes without gaps.</summary>
    public static async Task AssertStoredAsync(string database, int events)
    {
        Assert.Equal(events, await CountAsync(database, "SELECT COUNT(*) FROM financial_transactions"));
        Assert.Equal(events, await CountAsync(database, "SELECT COUNT(DISTINCT transaction_id) FROM financial_transactions"));
        Assert.Equal(events, await CountAsync(database, "SELECT COUNT(*) FROM event_keys"));
        Assert.Equal(events, await CountAsync(database, "SELECT SUM(seq) FROM lanes"));
    }

    /// <summary>Events in the checkpoints, summed over the parts.</summary>
    public static Task<long> CountedEventsAsync(string database) => CountAsync(
        database,
        """
        SELECT COALESCE(SUM(d.events), 0) FROM entity_history h JOIN JSON_TABLE(h.days, '$[*]' COLUMNS (events INT PATH '$[1]')) AS d
        WHERE h.entity_type = 'domain'
        """);

    public static async Task<long> CountAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), null);
    }
}
