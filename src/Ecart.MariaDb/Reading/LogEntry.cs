using Ecart.Scoring;

namespace Ecart.MariaDb.Reading;

/// <summary>One entry of a lane's log: an event, or a label of an earlier event.</summary>
/// <param name="Event">The event, or the event that the label speaks of.</param>
/// <param name="Seq">Place of the entry.</param>
/// <param name="Label">The label; null for an event.</param>
/// <param name="Previous">For a label: the one that it corrects.</param>
public readonly record struct LogEntry(ScoredEvent Event, long Seq, bool? Label, bool? Previous);
