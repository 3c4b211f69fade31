using Ecart.Events;

namespace Ecart.Streaming.Sources;

/// <summary>One thing that a source yields: exactly one of the three is set.</summary>
/// <param name="Event">An event to score.</param>
/// <param name="Label">What became known about an earlier event.</param>
/// <param name="Rejected">A record that cannot be read.</param>
/// <param name="Origin">File or topic that it came from.</param>
/// <param name="Line">Line or offset in the origin.</param>
public readonly record struct ReplayItem(DomainEvent? Event, Label? Label, RejectedRecord? Rejected, string Origin, long Line);
