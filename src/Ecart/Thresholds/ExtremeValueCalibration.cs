namespace Ecart.Thresholds;

/// <summary>
/// Peaks over threshold: below a high score the scores speak for themselves, above it a generalised Pareto distribution fitted to the excesses goes on, so
/// that rates far below 1/n get a threshold.
/// </summary>
/// <remarks>J. Pickands, Annals of Statistics 1975; A. Davison, R. Smith, Models for exceedances over high thresholds, JRSS B 1990.</remarks>
public sealed class ExtremeValueCalibration : ICalibration
{
    /// <summary>Fewer scores have no tail to fit.</summary>
    public const int LeastScores = 10;

    private const int LeastPeaks = 10;
    private readonly double[] sorted;
    private readonly double start;
    private readonly double logStart;
    private readonly GeneralizedPareto tail;

    /// <summary>Calibrates with the scores of normal events.</summary>
    /// <param name="scores">At least <see cref="LeastScores"/>, finite.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">Too few scores, or one that is not finite.</exception>
    /// <exception cref="Scoring.OptionsException">An option is out of its range.</exception>
    public ExtremeValueCalibration(ReadOnlySpan<double> scores, ExtremeValueOptions? options = null)
    {
        options ??= new ExtremeValueOptions();
        options.Validate();
        sorted = CalibrationInput.Sorted(scores, LeastScores);
        int wanted = Math.Min(Math.Max((int)(options.TailShare * sorted.Length), LeastPeaks), sorted.Length / 2);
        start = sorted[sorted.Length - wanted - 1];
        ReadOnlySpan<double> peaks = sorted.AsSpan(CalibrationInput.Rank(sorted, start).NotAbove);
        logStart = Math.Log((peaks.Length + 0.5) / sorted.Length);
        tail = FitTail(sorted, peaks, start, options);
    }

    /// <inheritdoc/>
    public long Count => sorted.Length;

    /// <summary>Shape ξ of the fitted tail: 0 exponential, above it heavy.</summary>
    public double Shape => tail.Shape;

    /// <inheritdoc/>
    public double TailProbability(double score) => Math.Max(double.Epsilon, Math.Exp(LogTailProbability(score)));

    /// <summary>ln of <see cref="TailProbability"/>: tells scores apart whose probabilities a double cannot hold. −∞ only beyond the end of a tail that has one.</summary>
    public double LogTailProbability(double score)
    {
        CalibrationInput.RequireScore(score);
        return score > start ? logStart + tail.LogTail(score - start) : Math.Log(QuantileCalibration.Tail(sorted, score));
    }

    /// <inheritdoc/>
    public double Threshold(double falseAlarmRate)
    {
        CalibrationInput.RequireRate(falseAlarmRate);
        double log = Math.Log(falseAlarmRate);
        if (log < logStart) return start + tail.Quantile(log - logStart);
        return Math.Min(start, QuantileCalibration.At(sorted, falseAlarmRate));
    }

    /// <summary>All tail scores alike leave nothing to fit: then the spread of all scores, else rounding, is the scale of the tail.</summary>
    private static GeneralizedPareto FitTail(ReadOnlySpan<double> sorted, ReadOnlySpan<double> peaks, double start, ExtremeValueOptions options)
    {
        double floor = Math.Max(1e-3 * (sorted[^1] - sorted[0]), Math.Max(1e-6 * Math.Abs(start), 1e-12));
        if (peaks.Length == 0) return new GeneralizedPareto(0, floor);
        double[] excesses = new double[peaks.Length];
        for (int i = 0; i < excesses.Length; i++) excesses[i] = peaks[i] - start;
        GeneralizedPareto fitted = ParetoFit.Fit(excesses, options.LeastShape, options.GreatestShape);
        return fitted with { Scale = Math.Max(fitted.Scale, floor) };
    }
}
