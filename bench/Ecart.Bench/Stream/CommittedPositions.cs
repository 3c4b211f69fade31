using Ecart.Bench.Pipeline;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.Bench.Stream;

/// <summary>Up to where a topic's events are durable, asked over one connection: a producer asks often. Not thread-safe.</summary>
internal sealed class CommittedPositions : IAsyncDisposable
{
    private readonly MySqlConnection connection;
    private readonly string source;

    private CommittedPositions(MySqlConnection connection, string source)
    {
        this.connection = connection;
        this.source = source;
    }

    public static async Task<CommittedPositions> OpenAsync(BenchmarkStore store, string source, CancellationToken cancellationToken) =>
        new(await StoreSession.OpenAsync(store.ConnectionString, cancellationToken), source);

    /// <summary>The next offset of each partition of which something is durable.</summary>
    public Task<IReadOnlyDictionary<int, long>> ReadAsync(CancellationToken cancellationToken) =>
        LaneStore.ReadOffsetsAsync(connection, source, cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
