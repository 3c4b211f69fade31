namespace Ecart.Streaming.Live;

/// <summary>Where sources hand in what they read. Bounded: when the pipeline is full, sources wait. Thread-safe.</summary>
public interface IIntake
{
    /// <summary>Hands in an item, waiting while the pipeline is full.</summary>
    ValueTask EnterAsync(IntakeItem item, CancellationToken cancellationToken);

    /// <summary>Hands in an item unless the pipeline is full.</summary>
    /// <returns>False when it is full: tell the sender to come back.</returns>
    bool TryEnter(IntakeItem item);

    /// <summary>Where a source is read up to by partition, as it is committed. A partition never read is absent.</summary>
    Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(string source, CancellationToken cancellationToken);
}
