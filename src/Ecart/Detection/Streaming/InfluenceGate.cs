using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Decides how much a vector may teach: what is far out next to nothing, unless being far out has become the rule. Then it is a genuine change, and for
/// a while everything teaches in full.
/// </summary>
/// <remarks>
/// Far out is a distance above the 0.999 quantile of what Gaussian data would give, or of what the median and upper quartile of the stream's own
/// distances give, whichever is larger, so that heavy tails do not silence the learner. Both quantiles are tracked by steps whose size does not depend
/// on the distance, so that a few huge ones cannot move them far: large at first, small later (H. Robbins, S. Monro, A stochastic approximation
/// method, Annals of Mathematical Statistics 22(3), 1951).
/// </remarks>
internal sealed class InfluenceGate
{
    /// <summary>Far out, a vector teaches at most as one of this distance does.</summary>
    private const double OutlierDistance = 3;

    /// <summary>A change of the length of the recovery moves the quantiles by about a third.</summary>
    private const double StepsOfRecovery = 0.3;

    private const int FirstSteps = 10;
    private const double UpperQuartileOfNormal = 0.6745;
    private const double TailQuantileOfNormal = 3.09;
    private readonly double gaussianLimit;
    private readonly int recovery;
    private double median;
    private double upperQuartile;
    private double outlierShare;
    private int trusted;
    private int steps;

    public InfluenceGate(int dimension, int recoveryObservations)
    {
        recovery = recoveryObservations;
        gaussianLimit = GaussianDistance(dimension, TailQuantileOfNormal);
        median = GaussianDistance(dimension, 0);
        upperQuartile = GaussianDistance(dimension, UpperQuartileOfNormal);
    }

    /// <summary>Distance from which a vector is far out.</summary>
    public double Limit => Math.Max(gaussianLimit, median + ((upperQuartile - median) * TailQuantileOfNormal / UpperQuartileOfNormal));

    /// <summary>How much of the recent vectors were far out, 0 to 1.</summary>
    public double OutlierShare => outlierShare;

    public bool IsOutlier(double distance) => distance > Limit;

    /// <summary>How much a vector counts, 0 to 1. Changes nothing.</summary>
    public double Weight(double distance) =>
        trusted > 0 || !IsOutlier(distance) ? 1 : OutlierDistance * OutlierDistance / (distance * distance);

    /// <summary>Takes a distance in.</summary>
    /// <returns>True when being far out has become the rule: the centre has to move.</returns>
    public bool Take(double distance)
    {
        bool isOutlier = IsOutlier(distance);
        outlierShare += ((isOutlier ? 1 : 0) - outlierShare) * Math.Log(2) / recovery;
        Track(distance);
        if (trusted > 0)
        {
            trusted--;
            return false;
        }

        if (outlierShare < 0.5) return false;
        outlierShare = 0;
        trusted = recovery;
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
    private static double GaussianDistance(int dimension, double normalQuantile)
    {
        double variance = 2.0 / (9.0 * dimension);
        return Math.Sqrt(dimension * Math.Pow(1 - variance + (normalQuantile * Math.Sqrt(variance)), 3));
    }

    private void Track(double distance)
    {
        double step = Math.Max(StepsOfRecovery / recovery, 1.0 / (FirstSteps + steps));
        if (steps < int.MaxValue) steps++;
        median *= distance > median ? 1 + step : 1 - step;
        upperQuartile *= distance > upperQuartile ? 1 + (1.5 * step) : 1 - (0.5 * step);
        // Where most distances are 0 both would vanish, and with them every step.
        median = Math.Max(median, 1e-6);
        upperQuartile = Math.Max(upperQuartile, median);
    }
}
