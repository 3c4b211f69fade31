namespace Ecart.Thresholds;

/// <summary>Generalised Pareto distribution: how far scores exceed a high one, given that they do.</summary>
/// <param name="Shape">ξ: 0 is exponential, above it the tail is heavy, below it ends.</param>
/// <param name="Scale">σ, above 0, in units of the score.</param>
internal readonly record struct GeneralizedPareto(double Shape, double Scale)
{
    // So close to 0 the exponential is the same to rounding, and the general formula would lose its digits.
    private const double NearExponential = 1e-7;

    /// <summary>ln P(excess ≥ <paramref name="excess"/>), −∞ beyond the end of the tail.</summary>
    public double LogTail(double excess)
    {
        if (Math.Abs(Shape) < NearExponential) return -excess / Scale;
        double scaled = Shape * excess / Scale;
        return scaled <= -1 ? double.NegativeInfinity : -Math.Log(1 + scaled) / Shape;
    }

    /// <summary>The excess that is reached with a probability.</summary>
    public double Quantile(double logTail) =>
        Math.Abs(Shape) < NearExponential ? -Scale * logTail : Scale * (Math.Exp(-Shape * logTail) - 1) / Shape;
}
