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
        foreach (ref readonly Evidence evidence in verdict.Evidence) sum += severity.WeightOf(evidence.Code) * evidence.Contribution;
        verdict.Score = Of(sum);
        verdict.IsAnomaly = verdict.Score >= severity.Flag;
        verdict.Severity = severity.Of(verdict.Score);
    }

    /// <summary>Takes the flag away where people hardly ever confirm such evidence. Call once the rank is known.</summary>
    public static void ApplyRelevance(SeverityOptions severity, Verdict verdict)
    {
        if (verdict.IsAnomaly && severity.Relevance is { } relevance && relevance.Of(verdict) < relevance.Least) verdict.IsAnomaly = false;
    }

    /// <summary>The score of a sum of contributions.</summary>
    internal static double Of(double sum) => Math.Round(Math.Min(1, sum), Decimals, MidpointRounding.AwayFromZero);
}
