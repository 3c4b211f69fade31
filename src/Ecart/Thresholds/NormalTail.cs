namespace Ecart.Thresholds;

/// <summary>Upper tail of the standard normal distribution, exact far out too.</summary>
internal static class NormalTail
{
    private const double HalfLogTwoPi = 0.91893853320467274;

    // Beyond this the continued fraction is exact to rounding, and 1 − cdf is not.
    private const double FarOut = 3;

    /// <summary>P(Z ≥ z); above 0 for every finite z.</summary>
    public static double Upper(double z) => Math.Max(double.Epsilon, z < FarOut ? NearUpper(z) : Math.Exp(LogUpper(z)));

    /// <summary>ln P(Z ≥ z): finite where the probability itself would be 0.</summary>
    public static double LogUpper(double z)
    {
        if (z < FarOut) return Math.Log(NearUpper(z));
        // Laplace's continued fraction of Mills' ratio, from the inside out.
        double fraction = z;
        for (int i = 60; i >= 1; i--) fraction = z + (i / fraction);
        return (-0.5 * z * z) - HalfLogTwoPi - Math.Log(fraction);
    }

    /// <summary>The z with P(Z ≥ z) = <paramref name="probability"/>, 0 and 1 excluded.</summary>
    public static double Quantile(double probability)
    {
        if (probability > 0.5) return -Quantile(1 - probability);
        double logProbability = Math.Log(probability);
        // A start within 0.0045 (Abramowitz and Stegun, 26.2.23), then Newton's steps on the logarithm, which is all but a parabola.
        double t = Math.Sqrt(-2 * logProbability);
        double z = t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        for (int i = 0; i < 4; i++)
        {
            double log = LogUpper(z);
            double hazard = Math.Exp((-0.5 * z * z) - HalfLogTwoPi - log);
            z += (log - logProbability) / hazard;
        }

        return z;
    }

    /// <summary>By the series of the error function around 0: every term has one sign, so nothing cancels.</summary>
    private static double NearUpper(double z)
    {
        if (z < -38) return 1;
        if (z < -FarOut) return 1 - Math.Exp(LogUpper(-z));
        double term = z;
        double sum = z;
        for (int i = 3; i < 200 && Math.Abs(term) > 1e-18 * Math.Abs(sum); i += 2)
        {
            term *= z * z / i;
            sum += term;
        }

        return 0.5 - (sum * Math.Exp((-0.5 * z * z) - HalfLogTwoPi));
    }
}
