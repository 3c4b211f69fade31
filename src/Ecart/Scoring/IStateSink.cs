namespace Ecart.Scoring;

/// <summary>Receives state that is to be kept.</summary>
public interface IStateSink
{
    /// <summary>Lane of state that all lanes share: counts, of which every process keeps its own part.</summary>
    const int NoLane = -1;

    /// <summary>The state of one entity as it is after entry <paramref name="seq"/> of its lane; 0 for <see cref="NoLane"/>.</summary>
    void Entity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state);

    /// <summary>Verdict history of an entity: all days that it remembers, in ascending order. Type <c>domain</c> with an empty id is the whole domain.</summary>
    void History(string entityType, string entityId, ReadOnlySpan<DayCount> days);
}
