using Ecart.Bench.Pipeline;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.Bench.Stream;

/// <summary>Up to where a topic's events are durable, asked over one connection: a producer asks often. Not thread-safe.</summary>
internal sealed class CommittedPositions : IAsyncDisposable
{
    private readonly LaneStore lanes;
    private readonly MySqlConnection connection;
    private readonly string source;

    private CommittedPositions(LaneStore lanes, MySqlConnection connection, string source)
    {
        this.lanes = lanes;
        this.connection = connection;
        this.source = source;
    }

    public static async Task<CommittedPositions> OpenAsync(BenchmarkStore store, string source, CancellationToken cancellationToken) =>
        new(new LaneStore(store.ConnectionString, TransactionEvent.DomainName), await StoreSession.OpenAsync(store.ConnectionString, cancellationToken), source);

    /// <summary>The next offset of each partition of which something is durable.</summary>
    public Task<IReadOnlyDictionary<int, long>> ReadAsync(CancellationToken cancellationToken) =>
        lanes.ReadOffsetsAsync(connection, source, cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
