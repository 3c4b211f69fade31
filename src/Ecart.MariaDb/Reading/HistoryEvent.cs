using Ecart.Events;

namespace Ecart.MariaDb.Reading;

/// <summary>A stored event with the label that it has today.</summary>
/// <param name="Event">The event.</param>
/// <param name="Label">Whether people confirmed it; null when nobody knows yet.</param>
/// <param name="KnownAt">Since when that is known, UTC; null without a label.</param>
public readonly record struct HistoryEvent(DomainEvent Event, bool? Label, DateTime? KnownAt);
