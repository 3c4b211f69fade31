namespace Ecart.MariaDb.Entities;

/// <summary>A stored event of an entity.</summary>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="EventUid">The event.</param>
/// <param name="Score">Its score; null for one that came too late to be scored.</param>
/// <param name="Distance">Distance from what was usual for the entity; null while that was not known.</param>
/// <param name="IsFlagged">Whether it was flagged.</param>
/// <param name="SuppressedBy">The exception that silenced it; null for none.</param>
/// <param name="IsConfirmed">What people said of it; null for nothing.</param>
/// <param name="LocalHour">Hour of the day where it happened, UTC where that is not known.</param>
/// <param name="Measure">The amount or value that it tells of; null for none.</param>
/// <param name="Findings">Codes of what was found, the strongest first.</param>
/// <param name="Traits">What it was, by kind: country, category, channel, destination, port, signal, event_type, resource, ip.</param>
public sealed record EntityEvent(
    DateTime OccurredAt,
    string EventUid,
    double? Score,
    double? Distance,
    bool IsFlagged,
    long? SuppressedBy,
    bool? IsConfirmed,
    int LocalHour,
    double? Measure,
    IReadOnlyList<string> Findings,
    IReadOnlyDictionary<string, string> Traits);
