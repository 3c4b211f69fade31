using System.Numerics.Tensors;
using Ecart.Scoring;

namespace Ecart.Thresholds;

/// <summary>
/// The classic mean + k·σ: normal scores are taken for normally distributed. Needs few of them, and is wrong by as much as they are skewed: a rate of
/// 0.1 % is easily 1 % in truth.
/// </summary>
public sealed class SigmaCalibration : ICalibration
{
    /// <summary>Fewer scores give no opinion on their spread.</summary>
    public const int LeastScores = 10;

    private readonly double mean;
    private readonly double sigma;

    /// <summary>Calibrates with the scores of normal events.</summary>
    /// <param name="scores">At least <see cref="LeastScores"/>, finite. σ is their sample standard deviation, at least 5 % of the mean and at least 0.001.</param>
    /// <exception cref="ArgumentException">Too few scores, or one that is not finite.</exception>
    public SigmaCalibration(ReadOnlySpan<double> scores)
    {
        double[] sorted = CalibrationInput.Sorted(scores, LeastScores);
        mean = TensorPrimitives.Sum(sorted) / sorted.Length;
        double squares = 0;
        foreach (double score in sorted) squares += (score - mean) * (score - mean);
        sigma = Math.Max(Math.Sqrt(squares / (sorted.Length - 1)), Math.Max(0.05 * Math.Abs(mean), 1e-3));
        Count = sorted.Length;
    }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public double TailProbability(double score)
    {
        CalibrationInput.RequireScore(score);
        return NormalTail.Upper((score - mean) / sigma);
    }

    /// <inheritdoc/>
    public double Threshold(double falseAlarmRate)
    {
        CalibrationInput.RequireRate(falseAlarmRate);
        return AtSigmas(NormalTail.Quantile(falseAlarmRate));
    }

    /// <summary>The score at the mean plus so many σ; 3 is customary.</summary>
    public double AtSigmas(double sigmas)
    {
        OptionsException.Require(double.IsFinite(sigmas), "sigmas", sigmas, "finite");
        return mean + (sigmas * sigma);
    }
}
