using System.Numerics.Tensors;

namespace Ecart.Eval.Tests.Nab;

/// <summary>The benchmark's own detector of that name, as it was published: 1 less the upper tail of a normal distribution over the last 6,400 values.</summary>
internal static class WindowedGaussian
{
    private const int Window = 6400;
    private const int Step = 100;

    public static double[] Score(ReadOnlySpan<double> values)
    {
        var scores = new double[values.Length];
        (double mean, double deviation) = (0, 1);
        int from = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0) scores[i] = 1 - (0.5 * UpperTail(Math.Abs(values[i] - mean) / deviation / Math.Sqrt(2)));
            int seen = i + 1 - from;
            if (seen > Window && seen < Window + Step) continue;
            if (seen == Window + Step) from += Step;
            (mean, deviation) = Moments(values[from..(i + 1)]);
        }

        return scores;
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values)
    {
        double mean = TensorPrimitives.Sum(values) / values.Length;
        var deviations = new double[values.Length];
        TensorPrimitives.Subtract(values, mean, deviations);
        double deviation = Math.Sqrt(TensorPrimitives.SumOfSquares<double>(deviations) / values.Length);
        return (mean, deviation == 0 ? 0.000001 : deviation);
    }

    /// <summary>The complementary error function of 0 and more: a series near 0, a continued fraction beyond.</summary>
    private static double UpperTail(double x)
    {
        if (x < 2)
        {
            double term = x, sum = x;
            for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * sum);
        }

        double fraction = 0;
        for (int n = 120; n > 0; n--) fraction = n / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}
