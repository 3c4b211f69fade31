using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.Bench.Pipeline;

/// <summary>The rows that a pipeline run left in the table, in the order of their events: what the ceiling copies.</summary>
internal sealed class FinishedRows
{
    private const string VectorColumn = "embedding";

    private FinishedRows(string table, IReadOnlyList<string> columns, object[][] rows, VectorForm form)
    {
        Table = table;
        Columns = columns;
        Rows = rows;
        Form = form;
        Mappings = [.. columns.Select((column, i) => column == VectorColumn && form == VectorForm.Base64
            ? new MySqlBulkCopyColumnMapping(i, "@vector", $"{VectorColumn} = FROM_BASE64(@vector)")
            : new MySqlBulkCopyColumnMapping(i, column))];
    }

    public string Table { get; }

    public IReadOnlyList<string> Columns { get; }

    public VectorForm Form { get; }

    public IReadOnlyList<MySqlBulkCopyColumnMapping> Mappings { get; }

    /// <summary>Values as MySqlBulkCopy takes them, boxed before the clock starts.</summary>
    public object[][] Rows { get; }

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidOperationException">The pipeline did not store exactly these events.</exception>
    public static async Task<FinishedRows> ReadAsync(
        BenchmarkStore store, TransactionEvent[] events, CancellationToken cancellationToken)
    {
        var table = new TransactionTable();
        var places = new Dictionary<string, int>(events.Length, StringComparer.Ordinal);
        for (int i = 0; i < events.Length; i++) places.Add(events[i].EventUid, i);
        var rows = new object[events.Length][];
        int uid = table.Columns.ToList().IndexOf("transaction_id");
        await using MySqlConnection connection = await store.ConnectAsync(cancellationToken);
        await using var command = new MySqlCommand($"SELECT {string.Join(", ", table.Columns)} FROM {table.Table}", connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        int count = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object[table.Columns.Count];
            reader.GetValues(row);
            rows[places[(string)row[uid]]] = row;
            count++;
        }

        if (count != events.Length)
            throw new InvalidOperationException($"The pipeline stored {count} of {events.Length} events: a benchmark of that says nothing.");
        return new FinishedRows(table.Table, table.Columns, rows, VectorForm.Hexadecimal);
    }

    /// <summary>The same rows, each batch in the order of the primary key: lane and seq, the first two columns.</summary>
    public FinishedRows Sorted(int batchSize)
    {
        object[][] sorted = [.. Rows.Chunk(batchSize).SelectMany(batch => batch.OrderBy(row => Convert.ToInt32(row[0])).ThenBy(row => Convert.ToInt64(row[1])))];
        return new FinishedRows(Table, Columns, sorted, Form);
    }

    /// <summary>The same rows with their vectors as base64.</summary>
    public FinishedRows WithBase64Vectors()
    {
        int vector = Columns.ToList().IndexOf(VectorColumn);
        object[][] encoded = [.. Rows.Select(row =>
        {
            object[] copy = [.. row];
            copy[vector] = Convert.ToBase64String((byte[])row[vector]);
            return copy;
        })];
        return new FinishedRows(Table, Columns, encoded, VectorForm.Base64);
    }
}
