using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>Short forms for statements without parameters.</summary>
internal static class ConnectionCommands
{
    public static async Task ExecuteAsync(this MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first column of every row, as text.</summary>
    public static async Task<IReadOnlyList<string>> QueryTextsAsync(
        this MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        using var command = new MySqlCommand(sql, connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            texts.Add(reader.GetString(0));
        return texts;
    }

    /// <summary>A name as SQL writes it, in back quotes.</summary>
    public static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
