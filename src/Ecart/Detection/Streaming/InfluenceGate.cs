using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Decides which vectors are doubted: those far out, unless being far out has become the rule. Then it is a genuine change, and for a while nothing is doubted.
/// </summary>
/// <remarks>
/// Far out is a strangeness above the tail quantile of a normal distribution with the median and the upper quartile of the stream's own, and above a limit known
/// beforehand. Both quantiles are tracked over what is not doubted, by steps whose size does not depend on the strangeness: large at first, small
/// later (H. Robbins, S. Monro, A stochastic approximation method, Annals of Mathematical Statistics 22(3), 1951).
/// </remarks>
internal sealed class InfluenceGate
{
    private const double LeastStep = 0.01;
    private const int FirstSteps = 10;
    private const double UpperQuartileOfNormal = 0.6745;
    private const double TailQuantileOfNormal = 4;
    private readonly double leastLimit;
    private readonly int recovery;
    private double median;
    private double upperQuartile;
    private double outlierShare;
    private int trusted;
    private int steps;

    /// <param name="recoveryObservations">So many vectors far out without interruption are a genuine change.</param>
    /// <param name="median">Of the strangeness, before anything is known; positive.</param>
    /// <param name="upperQuartile">The same; not below the median.</param>
    /// <param name="leastLimit">Nothing up to it is far out.</param>
    public InfluenceGate(int recoveryObservations, double median, double upperQuartile, double leastLimit)
    {
        recovery = recoveryObservations;
        this.median = median;
        this.upperQuartile = upperQuartile;
        this.leastLimit = leastLimit;
    }

    /// <summary>Strangeness above which a vector is far out.</summary>
    public double Limit => Math.Max(leastLimit, median + ((upperQuartile - median) * TailQuantileOfNormal / UpperQuartileOfNormal));

    /// <summary>How much of the recent vectors were far out, 0 to 1.</summary>
    public double OutlierShare => outlierShare;

    /// <summary>True after a genuine change, while what it brings is being learned.</summary>
    public bool IsTrusting => trusted > 0;

    public bool IsDoubted(double strangeness) => trusted == 0 && strangeness > Limit;

    /// <summary>A gate for Euclidean lengths of standard normal vectors, as whitened residuals are.</summary>
    public static InfluenceGate ForNormal(int dimension, int recoveryObservations) => new(
        recoveryObservations, NormalLength(dimension, 0), NormalLength(dimension, UpperQuartileOfNormal), NormalLength(dimension, TailQuantileOfNormal));

    /// <summary>A gate for scores that are about 1 for typical vectors.</summary>
    public static InfluenceGate ForRelativeScores(int recoveryObservations) => new(recoveryObservations, 1, 1.1, 0);

    /// <summary>Takes a strangeness in.</summary>
    /// <returns>True when being far out has become the rule.</returns>
    public bool Take(double strangeness)
    {
        bool isOutlier = strangeness > Limit;
        outlierShare += ((isOutlier ? 1 : 0) - outlierShare) * Math.Log(2) / recovery;
        if (trusted > 0 || !isOutlier) Track(strangeness);
        if (trusted > 0)
        {
            trusted--;
            return false;
        }

        if (outlierShare < 0.5) return false;
        outlierShare = 0;
        trusted = recovery;
        // What was usual before says little about what is now.
        steps = 0;
        return true;
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Double(median);
        writer.Double(upperQuartile);
        writer.Double(outlierShare);
        writer.Int(trusted);
        writer.Int(steps);
    }

    public void Read(ref ArtefactReader reader)
    {
        median = reader.Double();
        upperQuartile = reader.Double();
        outlierShare = reader.Double();
        trusted = reader.Int(0, recovery);
        steps = reader.Int(0, int.MaxValue);
    }

    /// <summary>Quantile of the length of a standard normal vector: square root of that of χ².</summary>
    /// <remarks>E. Wilson, M. Hilferty, The distribution of chi-square, PNAS 17(12), 1931.</remarks>
    private static double NormalLength(int dimension, double normalQuantile)
    {
        double variance = 2.0 / (9.0 * dimension);
        return Math.Sqrt(dimension * Math.Pow(1 - variance + (normalQuantile * Math.Sqrt(variance)), 3));
    }

    private void Track(double strangeness)
    {
        double step = Math.Max(LeastStep, 1.0 / (FirstSteps + steps));
        if (steps < int.MaxValue) steps++;
        median *= strangeness > median ? 1 + step : 1 - step;
        upperQuartile *= strangeness > upperQuartile ? 1 + (1.5 * step) : 1 - (0.5 * step);
        // Where most are 0 both would vanish, and with them every step.
        median = Math.Max(median, 1e-6);
        upperQuartile = Math.Max(upperQuartile, median);
    }
}
