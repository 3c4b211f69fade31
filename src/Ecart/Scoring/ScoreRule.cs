namespace Ecart.Scoring;

/// <summary>Turns evidence into score, flag and severity: contributions add, clipped to 1, rounded to 6 decimals.</summary>
public static class ScoreRule
{
    /// <summary>
    /// Decimals of a score. Rounding comes before any threshold, so that 0.15 + 0.3 + 0.2 is 0.65 in any order and in SQL too.
    /// </summary>
    public const int Decimals = 6;

    /// <summary>Fills score, flag and severity from the verdict's evidence.</summary>
    public static void Apply(SeverityOptions severity, Verdict verdict)
    {
        double sum = 0;
        foreach (ref readonly Evidence evidence in verdict.Evidence) sum += evidence.Contribution;
        verdict.Score = Math.Round(Math.Min(1, sum), Decimals, MidpointRounding.AwayFromZero);
        verdict.IsAnomaly = verdict.Score >= severity.Flag;
        verdict.Severity = severity.Of(verdict.Score);
    }
}
