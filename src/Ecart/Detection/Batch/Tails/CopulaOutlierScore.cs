namespace Ecart.Detection.Batch.Tails;

/// <summary>
/// COPOD: of each dimension, as −ln, the probability of the tail to which its values are skewed, or the mean of both tails where that is larger, added up: the tail of the
/// empirical copula. Nothing to set and nothing random.
/// </summary>
/// <remarks>Z. Li et al., COPOD: Copula-Based Outlier Detection, ICDM 2020. Keeps up to 10,000 values a dimension.</remarks>
public sealed class CopulaOutlierScore : TailDetector
{
    /// <summary>Makes one with default options.</summary>
    public CopulaOutlierScore()
        : this(new TailOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public CopulaOutlierScore(TailOptions options)
        : base("copod", options)
    {
    }

    private protected override double Combine(double left, double right, double skew)
    {
        double skewed = skew < 0 ? left : skew > 0 ? right : left + right;
        return Math.Max(skewed, (left + right) / 2);
    }
}
