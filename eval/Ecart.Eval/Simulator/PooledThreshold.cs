namespace Ecart.Eval.Simulator;

/// <summary>
/// One threshold for all entities of a kind, from the scores of others in which nothing happened: conformal, so that a further such score exceeds it with
/// at most the stated probability.
/// </summary>
/// <remarks>V. Vovk, A. Gammerman, G. Shafer, Algorithmic learning in a random world, 2005.</remarks>
internal static class PooledThreshold
{
    /// <summary>The least score that exceeds enough of the others; infinite when there are too few of them.</summary>
    /// <param name="scores">Scores of quiet streams; sorted in place.</param>
    /// <param name="falseAlarmRate">Probability of a false alarm a vector, in (0, 1).</param>
    public static double Of(double[] scores, double falseAlarmRate)
    {
        Array.Sort(scores);
        int rank = (int)Math.Ceiling((scores.Length + 1) * (1 - falseAlarmRate));
        return rank > scores.Length ? double.PositiveInfinity : scores[rank - 1];
    }
}
