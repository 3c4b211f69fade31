namespace Ecart.MariaDb.Metrics;

/// <summary>How much the scores of a domain's newest day differ from those of the 30 days before.</summary>
/// <param name="NewestDay">The newest day.</param>
/// <param name="NewestEvents">Its scored events.</param>
/// <param name="EventsBefore">Scored events of the days before.</param>
/// <param name="StabilityIndex">Population stability index over scores rounded to 0.1: below 0.1 alike, above 0.25 changed.</param>
public sealed record ScoreDrift(DateOnly NewestDay, long NewestEvents, long EventsBefore, double StabilityIndex);
