using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.Streaming.Pipeline;

/// <summary>What the pipeline needs of a domain's tables.</summary>
public interface IDomainStore
{
    /// <summary>The domain.</summary>
    string Domain { get; }

    /// <summary>How its events become rows. A new instance a connection.</summary>
    IEventTable MakeTable();

    /// <summary>Streams the committed log after the checkpoint of each lane.</summary>
    IAsyncEnumerable<LogEntry> ReadLogAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken);

    /// <summary>The primary entities that the committed log after the checkpoint of each lane speaks of.</summary>
    Task<IReadOnlyCollection<string>> ReadChangedEntitiesAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken);

    /// <summary>Finds stored events.</summary>
    Task<Dictionary<UInt128, LabelledEvent>> FindAsync(
        MySqlConnection connection, IReadOnlyDictionary<UInt128, EventKey> keys, CancellationToken cancellationToken);

    /// <summary>Finds events by their keys, as far as they are committed.</summary>
    Task<Dictionary<UInt128, LabelledEvent>> FindCommittedAsync(IReadOnlyList<UInt128> keys, CancellationToken cancellationToken);

    /// <summary>Makes room for events of a span of time.</summary>
    Task EnsureRoomAsync(DateTime earliest, DateTime latest, CancellationToken cancellationToken);
}
