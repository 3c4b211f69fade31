namespace Ecart.Thresholds;

/// <summary>What is kept of the scores of one entity: 24 bytes, enough to know its own level and spread (Welford, Technometrics 1962).</summary>
/// <param name="Count">How many scores.</param>
/// <param name="Mean">Their mean; 0 without any.</param>
/// <param name="SquaredDeviations">Sum of their squared deviations from the mean.</param>
public readonly record struct EntityScores(long Count, double Mean, double SquaredDeviations)
{
    /// <summary>With one score more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is not finite.</exception>
    public EntityScores With(double score)
    {
        CalibrationInput.RequireScore(score);
        double fromOld = score - Mean;
        double mean = Mean + (fromOld / (Count + 1));
        return new EntityScores(Count + 1, mean, SquaredDeviations + (fromOld * (score - mean)));
    }

    /// <summary>Of scores in any order.</summary>
    public static EntityScores Of(ReadOnlySpan<double> scores)
    {
        var sum = new EntityScores();
        foreach (double score in scores) sum = sum.With(score);
        return sum;
    }
}
