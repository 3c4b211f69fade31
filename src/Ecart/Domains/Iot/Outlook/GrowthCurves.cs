namespace Ecart.Domains.Iot.Outlook;

/// <summary>
/// When a distance that has begun to grow will be critical: every curve <c>c (age / a)^p</c> of a grid of onsets and powers, from one that levels off to one that
/// runs away, is fitted to the hours so far and weighted by how well it fits them, and each says when it gets there. That gives a distribution over the hours
/// left, and an interval that knows how little a short record says about the shape. Bayesian model averaging (J. Hoeting and others, Statistical Science 14,
/// 1999) with a uniform prior over the grid. Not thread-safe.
/// </summary>
internal sealed class GrowthCurves
{
    /// <summary>Hours since the drift began.</summary>
    private static readonly int[] Ages = [24, 36, 48, 72, 96, 144, 192, 288, 384, 576, 768, 1152, 1536];

    /// <summary>Powers of the time since then.</summary>
    private static readonly double[] Powers = [0.5, 0.75, 1, 1.5, 2, 3];

    /// <summary>Deviations of a curve's height from its best, in standard errors, with the weights of a normal distribution.</summary>
    private static readonly double[] Deviations = [-1.5, -0.75, 0, 0.75, 1.5];

    private readonly double[][] rises = new double[Ages.Length * Powers.Length][];
    private readonly double[] heights = new double[Ages.Length * Powers.Length];
    private readonly double[] squares = new double[Ages.Length * Powers.Length];
    private readonly double[] errors = new double[Ages.Length * Powers.Length];
    private readonly double[] left = new double[Ages.Length * Powers.Length * Deviations.Length];
    private readonly double[] weights = new double[Ages.Length * Powers.Length * Deviations.Length];
    private int predictions;

    public GrowthCurves()
    {
        for (int curve = 0; curve < rises.Length; curve++)
        {
            int age = Ages[curve / Powers.Length];
            var rise = new double[age];
            for (int back = 0; back < age; back++) rise[back] = Math.Pow((double)(age - back) / age, Powers[curve % Powers.Length]);
            rises[curve] = rise;
        }
    }

    /// <summary>Fits the curves.</summary>
    /// <param name="hours">Ascending; the last is now.</param>
    /// <param name="excess">How far the distance is beyond its baseline in each.</param>
    /// <param name="critical">The excess that is critical, more than 0.</param>
    /// <param name="autocorrelation">Of the hours.</param>
    public void Fit(ReadOnlySpan<int> hours, ReadOnlySpan<double> excess, double critical, double autocorrelation)
    {
        int now = hours[^1];
        int span = now - hours[0] + 1;
        double total = 0;
        foreach (double value in excess) total += value * value;
        double least = double.PositiveInfinity;
        int curves = 0;
        for (; curves < rises.Length && Ages[curves / Powers.Length] <= span; curves++)
        {
            double[] rise = rises[curves];
            double product = 0;
            double square = 0;
            for (int i = hours.Length - 1; i >= 0 && now - hours[i] < rise.Length; i--)
            {
                double u = rise[now - hours[i]];
                product += u * excess[i];
                square += u * u;
            }

            heights[curves] = product / square;
            squares[curves] = square;
            errors[curves] = total - (product * product / square);
            least = Math.Min(least, errors[curves]);
        }

        Predict(curves, least, hours.Length, critical, (1 + autocorrelation) / (1 - autocorrelation));
    }

    /// <summary>The hours left that are not exceeded with a probability; infinite when it may never happen. Call <see cref="Fit"/> before.</summary>
    public double Quantile(double probability)
    {
        double total = 0;
        for (int i = 0; i < predictions; i++) total += weights[i];
        double sum = 0;
        for (int i = 0; i < predictions; i++)
        {
            sum += weights[i];
            if (sum >= probability * total) return left[i];
        }

        return double.PositiveInfinity;
    }

    /// <summary>The probability of at most so many hours left.</summary>
    public double ProbabilityWithin(double hours)
    {
        double within = 0;
        double total = 0;
        for (int i = 0; i < predictions; i++)
        {
            total += weights[i];
            if (left[i] <= hours) within += weights[i];
        }

        return total > 0 ? within / total : 0;
    }

    private void Predict(int curves, double least, int count, double critical, double inflation)
    {
        double variance = Math.Max(least / count, 1e-12);
        predictions = 0;
        for (int curve = 0; curve < curves; curve++)
        {
            double fit = Math.Exp(-0.5 * (errors[curve] - least) / (variance * inflation));
            double error = Math.Sqrt(variance * inflation / squares[curve]);
            double age = Ages[curve / Powers.Length];
            double power = Powers[curve % Powers.Length];
            foreach (double deviation in Deviations)
            {
                double height = heights[curve] + (deviation * error);
                weights[predictions] = fit * Math.Exp(-0.5 * deviation * deviation);
                left[predictions] = height <= 0 ? double.PositiveInfinity
                    : height >= critical ? 0
                    : age * (Math.Pow(critical / height, 1 / power) - 1);
                predictions++;
            }
        }

        left.AsSpan(0, predictions).Sort(weights.AsSpan(0, predictions));
    }
}
