using Ecart.Domains.Transactions;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Schema;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.Streaming.Pipeline;

/// <summary>The tables of the transactions domain.</summary>
public sealed class TransactionStore(string connectionString) : IDomainStore
{
    private readonly TransactionLog log = new(connectionString);

    /// <inheritdoc/>
    public string Domain => TransactionEvent.DomainName;

    /// <inheritdoc/>
    public IEventTable MakeTable() => new TransactionTable();

    /// <inheritdoc/>
    public IAsyncEnumerable<LogEntry> ReadLogAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken) =>
        log.ReadAsync(lanes, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<string>> ReadChangedEntitiesAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken) =>
        log.ReadAccountsAsync(lanes, cancellationToken);

    /// <inheritdoc/>
    public Task<Dictionary<UInt128, LabelledEvent>> FindAsync(
        MySqlConnection connection, IReadOnlyDictionary<UInt128, EventKey> keys, CancellationToken cancellationToken) =>
        TransactionLog.FindAsync(connection, keys, cancellationToken);

    /// <inheritdoc/>
    public async Task<Dictionary<UInt128, LabelledEvent>> FindCommittedAsync(IReadOnlyList<UInt128> keys, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        Dictionary<UInt128, EventKey> stored = await new EventKeyStore().FindAsync(connection, keys, cancellationToken).ConfigureAwait(false);
        return await TransactionLog.FindAsync(connection, stored, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task EnsureRoomAsync(DateTime earliest, DateTime latest, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await PartitionPlanner.EnsureAsync(connection, EventTable.Transactions, earliest, latest, cancellationToken).ConfigureAwait(false);
    }
}
