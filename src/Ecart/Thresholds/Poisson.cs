namespace Ecart.Thresholds;

/// <summary>Tail of the Poisson distribution.</summary>
public static class Poisson
{
    private const int MaximumTerms = 10_000;

    /// <summary>P(X ≥ <paramref name="count"/>) for X ~ Poisson(<paramref name="mean"/>).</summary>
    /// <remarks>
    /// Far tails are summed on their own side, so that they keep their relative precision: 1 − cdf would round to 0 below 1e-16.
    /// The SQL routine <c>poisson_upper_tail</c> repeats these steps.
    /// </remarks>
    /// <param name="count">0 or more; 0 gives 1.</param>
    /// <param name="mean">Above 0.</param>
    public static double UpperTail(int count, double mean)
    {
        if (count <= 0) return 1;
        if (count <= mean) return Math.Max(0, 1 - LowerSum(count, mean));
        double term = Probability(count, mean);
        double sum = term;
        for (int i = count + 1; i < count + MaximumTerms && term > 1e-17 * sum; i++)
        {
            term *= mean / i;
            sum += term;
        }

        return Math.Min(1, sum);
    }

    /// <summary>P(X &lt; count), from its largest term down: e^-mean itself would underflow for large means.</summary>
    private static double LowerSum(int count, double mean)
    {
        double term = Probability(count - 1, mean);
        double sum = term;
        for (int i = count - 1; i > 0 && term > 1e-17 * sum; i--)
        {
            term *= i / mean;
            sum += term;
        }

        return sum;
    }

    private static double Probability(int count, double mean)
    {
        double logFactorial = 0;
        for (int i = 2; i <= count; i++) logFactorial += Math.Log(i);
        return Math.Exp(-mean + (count * Math.Log(mean)) - logFactorial);
    }
}
