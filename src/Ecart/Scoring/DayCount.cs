namespace Ecart.Scoring;

/// <summary>What happened at an entity on one UTC day of event time.</summary>
/// <param name="Day">Days since 0001-01-01.</param>
/// <param name="Events">Events on that day.</param>
/// <param name="Frauds">Those of them that are confirmed fraud.</param>
/// <param name="Evident">
/// Those of the frauds that were surprising by themselves: they tell of a stolen account rather than of the entity. The others look like its ordinary events,
/// so that the entity itself is what they have in common.
/// </param>
public record struct DayCount(int Day, int Events, int Frauds, int Evident = 0);
