namespace Ecart.Scoring;

/// <summary>Receives state that is to be kept.</summary>
public interface IStateSink
{
    /// <summary>The state of one entity as it is after entry <paramref name="seq"/> of its lane.</summary>
    void Entity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state);

    /// <summary>Events and frauds of an entity on a day (days since 0001-01-01), absolute.</summary>
    void Daily(string entityType, string entityId, int day, int events, int frauds);
}
