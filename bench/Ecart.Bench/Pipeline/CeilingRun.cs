using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.Bench.Pipeline;

/// <summary>What the server takes at most: nothing but MySqlBulkCopy of finished rows, one durable transaction a batch.</summary>
internal static class CeilingRun
{
    private const int MostConnections = 3;

    /// <summary>Copies all rows over 1, 2 and 3 connections, each time into empty tables.</summary>
    public static async Task<IReadOnlyList<Throughput>> MeasureAllAsync(
        BenchmarkStore store, FinishedRows rows, int batchSize, CancellationToken cancellationToken)
    {
        var copies = new List<Throughput>();
        for (int connections = 1; connections <= MostConnections; connections++)
        {
            await store.BeginAsync(cancellationToken);
            copies.Add(await MeasureAsync(store, rows, batchSize, connections, cancellationToken));
        }

        return copies;
    }

    /// <summary>Copies all rows over some connections, opened before the clock starts.</summary>
    public static async Task<Throughput> MeasureAsync(
        BenchmarkStore store, FinishedRows rows, int batchSize, int connections, CancellationToken cancellationToken)
    {
        var open = new List<MySqlConnection>();
        try
        {
            for (int i = 0; i < connections; i++) open.Add(await StoreSession.OpenAsync(store.ConnectionString, cancellationToken));
            int next = 0;
            var meter = new ProcessorMeter(store.ServerProcess);
            await Task.WhenAll(open.Select(connection => Task.Run(
                async () =>
                {
                    for (int from; (from = Interlocked.Add(ref next, batchSize) - batchSize) < rows.Rows.Length;)
                        await CopyAsync(connection, rows, from, Math.Min(from + batchSize, rows.Rows.Length), cancellationToken);
                },
                cancellationToken)));
            return meter.Read(rows.Rows.Length);
        }
        finally
        {
            foreach (MySqlConnection connection in open) await connection.DisposeAsync();
        }
    }

    private static async Task CopyAsync(MySqlConnection connection, FinishedRows rows, int from, int to, CancellationToken cancellationToken)
    {
        var copy = new MySqlBulkCopy(connection) { DestinationTableName = rows.Table, BulkCopyTimeout = 0 };
        copy.ColumnMappings.AddRange(rows.Mappings);
        using var reader = new RowsReader(rows.Rows, from, to);
        MySqlBulkCopyResult result = await copy.WriteToServerAsync(reader, cancellationToken);
        if (result.Warnings.Count > 0) throw new InvalidOperationException($"The server changed a row of the ceiling: {result.Warnings[0].Message}");
    }
}
