using Ecart.Events;

namespace Ecart.MariaDb.Writing;

/// <summary>A label with its place in the log and that of its event.</summary>
/// <param name="Label">The label.</param>
/// <param name="Lane">Lane of the event and of the label.</param>
/// <param name="Seq">Place of the label.</param>
/// <param name="EventSeq">Place of the event.</param>
/// <param name="EventOccurredAt">Event time of the event.</param>
/// <param name="Previous">The label that this one corrects; null for the first.</param>
public sealed record LabelEntry(Label Label, int Lane, long Seq, long EventSeq, DateTime EventOccurredAt, bool? Previous);
