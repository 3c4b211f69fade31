using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Sends written rows into a table and takes nothing less than all of them: LOAD DATA truncates text, blanks enumerations, clamps numbers and drops
/// duplicates with a mere warning, so any warning or a missing row is a failure here.
/// </summary>
internal sealed class BulkLoad(MySqlConnection connection, MySqlTransaction transaction)
{
    private const int StatementBytes = 8 * 1024 * 1024;

    /// <summary>Loads rows <paramref name="from"/> up to before <paramref name="to"/>.</summary>
    /// <returns>Null when every row is in as written, else what the server said first; then roll back.</returns>
    public async Task<string?> LoadAsync(
        string table, IReadOnlyList<string> columns, RowWriter rows, int from, int to, bool replace, CancellationToken cancellationToken)
    {
        if (from == to) return null;
        try
        {
            return rows.Format == RowFormat.LoadData
                ? await LoadDataAsync(table, columns, rows, from, to, replace, cancellationToken).ConfigureAwait(false)
                : await InsertAsync(table, columns, rows, from, to, replace, cancellationToken).ConfigureAwait(false);
        }
        catch (MySqlException error) when (!TransientErrors.IsTransient(error))
        {
            return error.Message;
        }
    }

    /// <summary>Inserts all rows, which are written as INSERT takes them; a row that is there already is changed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="change">The clause ON DUPLICATE KEY UPDATE.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when every row is in as written, else what the server said first; then roll back.</returns>
    public async Task<string?> UpsertAsync(
        string table, IReadOnlyList<string> columns, RowWriter rows, string change, CancellationToken cancellationToken)
    {
        try
        {
            return await InsertAsync(table, columns, rows, 0, rows.Rows, false, cancellationToken, change).ConfigureAwait(false);
        }
        catch (MySqlException error) when (!TransientErrors.IsTransient(error))
        {
            return error.Message;
        }
    }

    private async Task<string?> LoadDataAsync(
        string table, IReadOnlyList<string> columns, RowWriter rows, int from, int to, bool replace, CancellationToken cancellationToken)
    {
        using var stream = new ReadOnlyMemoryStream(rows.Slice(from, to));
        var loader = new MySqlBulkLoader(connection)
        {
            TableName = table,
            CharacterSet = "binary",
            FieldTerminator = "\t",
            LineTerminator = "\n",
            EscapeCharacter = '\\',
            FieldQuotationCharacter = '\0',
            Local = true,
            SourceStream = stream,
            Timeout = 0,
            ConflictOption = replace ? MySqlBulkLoaderConflictOption.Replace : MySqlBulkLoaderConflictOption.None,
        };
        loader.Columns.AddRange(columns);
        int loaded = await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
        string? warning = await FirstWarningAsync(cancellationToken).ConfigureAwait(false);
        if (warning is not null) return warning;
        return replace || loaded == to - from ? null : $"{to - from - loaded} of {to - from} rows are missing after LOAD DATA into {table}";
    }

    private async Task<string?> InsertAsync(
        string table, IReadOnlyList<string> columns, RowWriter rows, int from, int to, bool replace, CancellationToken cancellationToken, string change = "")
    {
        string head = $"{(replace ? "REPLACE" : "INSERT")} INTO {table} ({string.Join(',', columns)}) VALUES ";
        while (from < to)
        {
            int until = from + 1;
            while (until < to && rows.Slice(from, until + 1).Length < StatementBytes) until++;
            string values = System.Text.Encoding.UTF8.GetString(rows.Slice(from, until).Span[..^1]);
            await using var command = new MySqlCommand($"{head}{values} {change}", connection, transaction) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            if (await FirstWarningAsync(cancellationToken).ConfigureAwait(false) is { } warning) return warning;
            from = until;
        }

        return null;
    }

    private async Task<string?> FirstWarningAsync(CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("SHOW WARNINGS LIMIT 1", connection, transaction);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetString(2) : null;
    }
}
