namespace Ecart.Detection.Batch.Tails;

/// <summary>
/// ECOD: of each dimension the smaller of the two tail probabilities, as −ln, added up. Nothing to set and nothing random; blind to combinations of ordinary values, and
/// beyond the training rows every value is equally far out.
/// </summary>
/// <remarks>
/// Z. Li et al., ECOD: Unsupervised Outlier Detection Using Empirical Cumulative Distribution Functions, IEEE TKDE 2022, with the larger of left, right and skewness-corrected
/// tail taken in each dimension, as in its published implementation. Keeps up to 10,000 values a dimension.
/// </remarks>
public sealed class EmpiricalOutlierScore : TailDetector
{
    /// <summary>Makes one with default options.</summary>
    public EmpiricalOutlierScore()
        : this(new TailOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public EmpiricalOutlierScore(TailOptions options)
        : base("ecod", options)
    {
    }

    private protected override double Combine(double left, double right, double skew) => Math.Max(left, right);
}
