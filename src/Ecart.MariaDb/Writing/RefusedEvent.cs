using Ecart.Events;

namespace Ecart.MariaDb.Writing;

/// <summary>An event whose row the server does not take.</summary>
/// <param name="Event">The event.</param>
/// <param name="Fault">What the server says.</param>
/// <param name="Row">The row as it was sent.</param>
public sealed record RefusedEvent(DomainEvent Event, string Fault, ReadOnlyMemory<byte> Row);
