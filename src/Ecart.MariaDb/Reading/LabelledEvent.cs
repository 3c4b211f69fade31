using Ecart.Scoring;

namespace Ecart.MariaDb.Reading;

/// <summary>A stored event that a label speaks of.</summary>
/// <param name="Event">The event with its stored verdict and place.</param>
/// <param name="Label">The label it has; null when none.</param>
public sealed record LabelledEvent(ScoredEvent Event, bool? Label);
