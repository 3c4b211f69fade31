namespace Ecart.Domains.Iot.Outlook;

/// <summary>
/// When a distance that has begun to grow will be critical: every curve <c>c (age / a)^p</c> of a grid of onsets and powers, from one that levels off to one that
/// runs away, is fitted to the hours so far and weighted by how well it fits them, and each says when it gets there. That gives a distribution over the hours
/// left, and an interval that knows how little a short record says about the shape. Bayesian model averaging (J. Hoeting and others, Statistical Science 14,
/// 1999) with a uniform prior over the grid. Not thread-safe.
/// </summary>
internal sealed class GrowthCurves
{
    /// <summary>What is predicted is no finer than the grid: the onset may lie half a step, a tenth, before or after each of <see cref="Ages"/>.</summary>
    public const double Resolution = 0.1;

    /// <summary>Hours since the drift began.</summary>
    private static readonly int[] Ages = [24, 30, 36, 44, 52, 62, 75, 90, 108, 130, 156, 187, 224, 269, 322, 387, 464, 557, 668, 802, 962, 1155, 1386];

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
    private int curves;
    private int best;
    private int fitted;
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
    public void Fit(ReadOnlySpan<int> hours, ReadOnlySpan<double> excess)
    {
        int now = hours[^1];
        int span = now - hours[0] + 1;
        fitted = hours.Length;
        double total = 0;
        foreach (double value in excess) total += value * value;
        best = 0;
        for (curves = 0; curves < rises.Length && Ages[curves / Powers.Length] <= span; curves++)
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
            if (errors[curves] < errors[best]) best = curves;
        }
    }

    /// <summary>What the best of the curves leaves unexplained. Call <see cref="Fit"/> before, with the same hours.</summary>
    public void Residuals(ReadOnlySpan<int> hours, ReadOnlySpan<double> excess, Span<double> residuals)
    {
        int now = hours[^1];
        double[] rise = rises[best];
        for (int i = 0; i < hours.Length; i++)
        {
            int back = now - hours[i];
            residuals[i] = excess[i] - (back < rise.Length ? heights[best] * rise[back] : 0);
        }
    }

    /// <summary>The hours left that are not exceeded with a probability; infinite when it may never happen. Call <see cref="Predict"/> before.</summary>
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

    /// <summary>Predicts when an excess is reached. Call <see cref="Fit"/> before.</summary>
    /// <param name="critical">The excess that is critical, more than 0.</param>
    /// <param name="autocorrelation">Of the hours, below 1: those that resemble their neighbours count as fewer.</param>
    public void Predict(double critical, double autocorrelation)
    {
        double variance = Math.Max(errors[best] / fitted, 1e-12) * (1 + autocorrelation) / (1 - autocorrelation);
        predictions = 0;
        for (int curve = 0; curve < curves; curve++)
        {
            double fit = Math.Exp(-0.5 * (errors[curve] - errors[best]) / variance);
            double error = Math.Sqrt(variance / squares[curve]);
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
