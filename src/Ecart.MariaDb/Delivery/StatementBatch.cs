using System.Globalization;
using System.Text;
using MySqlConnector;

namespace Ecart.MariaDb.Delivery;

/// <summary>Statements that go to the server in one message. Not thread-safe.</summary>
internal sealed class StatementBatch(MySqlConnection connection, MySqlTransaction transaction)
{
    private const int MostParameters = 4000;
    private readonly StringBuilder sql = new();
    private readonly List<object?> values = [];

    /// <summary>Adds a statement; <c>{}</c> stands for a value each.</summary>
    public async Task AddAsync(string statement, CancellationToken cancellationToken, params object?[] parameters)
    {
        int from = 0;
        foreach (object? value in parameters)
        {
            int at = statement.IndexOf("{}", from, StringComparison.Ordinal);
            sql.Append(statement, from, at - from).Append(CultureInfo.InvariantCulture, $"@p{values.Count}");
            values.Add(value);
            from = at + 2;
        }

        sql.Append(statement, from, statement.Length - from).Append(";\n");
        if (values.Count >= MostParameters) await RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs what was added.</summary>
    /// <returns>Rows changed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (sql.Length == 0) return 0;
        await using var command = new MySqlCommand(sql.ToString(), connection, transaction);
        for (int i = 0; i < values.Count; i++) command.Parameters.AddWithValue($"@p{i}", values[i]);
        sql.Clear();
        values.Clear();
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
