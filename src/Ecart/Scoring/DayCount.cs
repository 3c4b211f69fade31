namespace Ecart.Scoring;

/// <summary>What happened at an entity on one UTC day of event time.</summary>
/// <param name="Day">Days since 0001-01-01.</param>
/// <param name="Events">Events on that day.</param>
/// <param name="Frauds">Those of them that are confirmed fraud.</param>
public record struct DayCount(int Day, int Events, int Frauds);
