using System.Globalization;
using System.Text;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Loads the rows of a small batch in one round trip: somebody waits for its commit, and each trip costs as much as many rows. Nothing less than all rows
/// without a warning counts, as in <see cref="BulkLoad"/>.
/// </summary>
internal sealed class SmallBatch(MySqlConnection connection, MySqlTransaction transaction)
{
    /// <summary>Up to here trips cost more than what LOAD DATA saves a row.</summary>
    private const int MostEntries = 100;

    private const string Savepoint = "small";
    private readonly StringBuilder sql = new($"SAVEPOINT {Savepoint};", 16 * 1024);
    private int statements;

    /// <summary>Whether a batch is loaded this way: small, and without a checkpoint. Its rows are spelled for INSERT.</summary>
    public static bool IsOne(CommitBatch batch) =>
        batch.Events.Count + batch.Labels.Count is > 0 and <= MostEntries && batch.Rejected.Count <= MostEntries && batch.Checkpoint is null;

    /// <summary>Adds the rows of a table; none add nothing.</summary>
    public void Add(string table, IReadOnlyList<string> columns, RowWriter rows)
    {
        if (rows.Rows == 0) return;
        sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table} (").AppendJoin(',', columns).Append(") VALUES ")
            .Append(Encoding.UTF8.GetString(rows.Slice(0, rows.Rows).Span[..^1])).Append(";SELECT @@warning_count;");
        statements++;
    }

    /// <summary>Loads what was added.</summary>
    /// <returns>False when the server refused a row or had a warning: then nothing of it is loaded and the transaction goes on.</returns>
    public async Task<bool> TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await HasTakenAllAsync(cancellationToken).ConfigureAwait(false)) return true;
        }
        catch (MySqlException error) when (!TransientErrors.IsTransient(error))
        {
            // The long way finds the row at fault.
        }

        await using var command = new MySqlCommand($"ROLLBACK TO SAVEPOINT {Savepoint}", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return false;
    }

    private async Task<bool> HasTakenAllAsync(CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql.ToString(), connection, transaction) { CommandTimeout = 0 };
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        int clean = 0;
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                if (Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture) == 0) clean++;
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        return clean == statements;
    }
}
