using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Schema;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.Streaming.Pipeline;

/// <summary>One domain's part of a store. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="makeTable">Makes the domain's table, once a connection.</param>
public sealed class DomainStore(string connectionString, Func<IEventTable> makeTable) : IDomainStore
{
    private readonly IEventTable shape = makeTable();
    private readonly EventLog log = new(connectionString, makeTable);

    /// <inheritdoc/>
    public string Domain => shape.Domain;

    /// <inheritdoc/>
    public IEventTable MakeTable() => makeTable();

    /// <inheritdoc/>
    public IAsyncEnumerable<LogEntry> ReadLogAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken) =>
        log.ReadAsync(lanes, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<string>> ReadChangedEntitiesAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken) =>
        log.ReadEntitiesAsync(lanes, cancellationToken);

    /// <inheritdoc/>
    public Task<Dictionary<UInt128, LabelledEvent>> FindAsync(
        MySqlConnection connection, IReadOnlyDictionary<UInt128, EventKey> keys, CancellationToken cancellationToken) =>
        log.FindAsync(connection, keys, cancellationToken);

    /// <inheritdoc/>
    public async Task<Dictionary<UInt128, LabelledEvent>> FindCommittedAsync(IReadOnlyList<UInt128> keys, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        Dictionary<UInt128, EventKey> stored = await new EventKeyStore().FindAsync(connection, keys, cancellationToken).ConfigureAwait(false);
        return await log.FindAsync(connection, stored, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task EnsureRoomAsync(DateTime earliest, DateTime latest, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await PartitionPlanner.EnsureAsync(connection, shape.Table, earliest, latest, cancellationToken).ConfigureAwait(false);
    }
}
