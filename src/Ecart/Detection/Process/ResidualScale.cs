using System.Numerics.Tensors;

namespace Ecart.Detection.Process;

/// <summary>
/// How far averaged residuals of one signal may lie from zero: their spread on rows that the regression had not seen, and how many independent
/// observations it rests on. A signal that wanders slowly has shown little of what it can do, however many rows there are, so the same
/// deviation is less evidence.
/// </summary>
/// <param name="Spread">Standard deviation, widened to what the largest training residuals need.</param>
/// <param name="Freedom">Degrees of freedom of the spread; 1 and more.</param>
internal readonly record struct ResidualScale(double Spread, double Freedom)
{
    /// <summary>Evidence beyond this many standard deviations counts as this.</summary>
    public const double Most = 8;

    /// <summary>Spread, in standard deviations of the signal, below which nothing is measured.</summary>
    private const double Least = 1e-3;

    /// <summary>Learns from residuals in their order.</summary>
    /// <param name="residuals">Of all training rows.</param>
    /// <param name="window">Rows that are averaged.</param>
    /// <param name="error">Error of the instrument, in the units of the residuals.</param>
    /// <param name="averaged">Receives the averages; the first <paramref name="window"/> of them are over fewer rows.</param>
    public static ResidualScale Of(ReadOnlySpan<double> residuals, int window, double error, Span<double> averaged)
    {
        Average(residuals, window, averaged);
        double[] sizes = [.. averaged[Math.Min(window, averaged.Length / 2)..]];
        double variance = TensorPrimitives.SumOfSquares<double>(sizes) / sizes.Length;
        double independent = Math.Max(residuals.Length / Math.Max(CorrelationTime(residuals), window), 2);
        TensorPrimitives.Abs(sizes, sizes);
        Array.Sort(sizes);
        double share = 1 - Math.Min(0.5, 2 / independent);
        double large = sizes[(int)(share * (sizes.Length - 1))];
        double spread = Math.Max(Math.Sqrt(variance + (error * error) + (Least * Least)), large / NormalQuantile(Math.Min(0.25, 1 / independent)));
        return new ResidualScale(spread * Math.Sqrt(1 + (1 / independent)), independent - 1);
    }

    /// <summary>A deviation in standard deviations of a normal distribution with the same tail, 0 to <see cref="Most"/>.</summary>
    /// <remarks>D. Wallace, Bounds on normal approximations to Student's and the chi-square distributions, Annals of Mathematical Statistics 30, 1959.</remarks>
    public double Evidence(double deviation)
    {
        double ratio = deviation / Spread;
        double evidence = Math.Sqrt(Freedom * Math.Log(1 + (ratio * ratio / Freedom))) * ((8 * Freedom) + 1) / ((8 * Freedom) + 3);
        return Math.Min(evidence, Most);
    }

    private static void Average(ReadOnlySpan<double> residuals, int window, Span<double> averaged)
    {
        double sum = 0;
        for (int i = 0; i < residuals.Length; i++)
        {
            sum += residuals[i];
            if (i >= window) sum -= residuals[i - window];
            averaged[i] = sum / Math.Min(i + 1, window);
        }
    }

    /// <summary>Rows that hold as much as one independent observation: the sum of all autocorrelations, up to the first pair that is not positive.</summary>
    /// <remarks>C. Geyer, Practical Markov chain Monte Carlo, Statistical Science 7(4), 1992: the initial positive sequence.</remarks>
    private static double CorrelationTime(ReadOnlySpan<double> residuals)
    {
        var centred = new double[residuals.Length];
        TensorPrimitives.Subtract(residuals, TensorPrimitives.Sum(residuals) / residuals.Length, centred);
        double power = TensorPrimitives.SumOfSquares<double>(centred);
        if (power <= 1e-12 * residuals.Length) return 1;
        double time = 1;
        for (int lag = 1; lag + 1 < centred.Length; lag += 2)
        {
            double pair = (Covariance(centred, lag) + Covariance(centred, lag + 1)) / power;
            if (pair <= 0) break;
            time += 2 * pair;
        }

        return time;
    }

    private static double Covariance(double[] centred, int lag) =>
        TensorPrimitives.Dot<double>(centred.AsSpan(lag), centred.AsSpan(0, centred.Length - lag));

    /// <summary>The value that a standard normal variable exceeds with a probability below one half, to 5e-4.</summary>
    /// <remarks>M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 26.2.23.</remarks>
    private static double NormalQuantile(double probability)
    {
        double t = Math.Sqrt(-2 * Math.Log(probability));
        double above = 2.515517 + (t * (0.802853 + (t * 0.010328)));
        double below = 1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))));
        return t - (above / below);
    }
}
