using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>How the events of one domain go between nodes: every field as it is, so that the owner scores exactly what was decoded. Stateless.</summary>
internal interface IEventForm
{
    /// <summary>Writes an event of the domain.</summary>
    void Write(BinaryWriter writer, DomainEvent domainEvent);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    DomainEvent Read(BinaryReader reader);
}
