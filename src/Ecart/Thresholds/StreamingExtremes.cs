namespace Ecart.Thresholds;

/// <summary>
/// Peaks over threshold on a stream (SPOT): starts from some scores, then takes in one after another in bounded memory, except those that it takes for
/// anomalies, which must not raise the threshold. For scores whose distribution stays; not thread-safe.
/// </summary>
/// <remarks>A. Siffer, P.-A. Fouque, A. Termier, C. Largouët, Anomaly detection in streams with extreme value theory, KDD 2017.</remarks>
public sealed class StreamingExtremes : ICalibration
{
    /// <summary>Fewer first scores have no tail to fit.</summary>
    public const int LeastScores = 50;

    private readonly StreamingExtremesOptions options;
    private readonly double[] below;
    private readonly double[] excesses;
    private readonly double floor;
    private GeneralizedPareto tail;
    private bool isFitted;
    private double unseen;
    private double start;
    private int peaks;
    private int fittedPeaks;

    /// <summary>Starts from scores of events that are mostly normal.</summary>
    /// <param name="scores">At least <see cref="LeastScores"/>, finite.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">Too few scores, or one that is not finite.</exception>
    /// <exception cref="Scoring.OptionsException">An option is out of its range.</exception>
    public StreamingExtremes(ReadOnlySpan<double> scores, StreamingExtremesOptions? options = null)
    {
        this.options = options ?? new StreamingExtremesOptions();
        this.options.Validate();
        double[] sorted = CalibrationInput.Sorted(scores, LeastScores);
        int wanted = Math.Min(Math.Max((int)(this.options.TailShare * sorted.Length), 10), this.options.MaximumPeaks);
        start = sorted[sorted.Length - wanted - 1];
        excesses = new double[this.options.MaximumPeaks * 2];
        for (int i = CalibrationInput.Rank(sorted, start).NotAbove; i < sorted.Length; i++) excesses[peaks++] = sorted[i] - start;
        floor = Math.Max(1e-3 * (sorted[^1] - sorted[0]), Math.Max(1e-6 * Math.Abs(start), 1e-12));
        below = sorted;
        Count = sorted.Length;
        Refit();
    }

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <summary>The score above which a score is taken for an anomaly.</summary>
    public double AlarmThreshold { get; private set; }

    /// <summary>Takes in a score, in amortised time of microseconds and without allocation.</summary>
    /// <returns>True when it is taken for an anomaly; then nothing is learned.</returns>
    public bool Learn(double score)
    {
        CalibrationInput.RequireScore(score);
        if (score > AlarmThreshold) return true;
        Count++;
        if (score > start)
        {
            if (peaks == options.MaximumPeaks) RaiseStart();
            if (score > start) excesses[peaks++] = score - start;
            // Each peak moves the fit by about one part in their number: refitting at every twentieth part more is as good and far cheaper.
            if (peaks >= fittedPeaks + 1 + (fittedPeaks / 20)) Refit();
        }

        return false;
    }

    /// <summary>Above the beginning of the tail from all that was learned; below it from the first scores.</summary>
    /// <inheritdoc/>
    public double TailProbability(double score)
    {
        CalibrationInput.RequireScore(score);
        double share = StartShare;
        return score > start
            ? Math.Max(double.Epsilon, share * Math.Exp(tail.LogTail(score - start)))
            : Math.Max(share, QuantileCalibration.Tail(below, score));
    }

    /// <inheritdoc/>
    public double Threshold(double falseAlarmRate)
    {
        CalibrationInput.RequireRate(falseAlarmRate);
        double excess = Math.Log(falseAlarmRate / StartShare);
        if (excess < 0) return start + tail.Quantile(excess);
        return Math.Min(start, QuantileCalibration.At(below, falseAlarmRate));
    }

    private double StartShare => (peaks + unseen + 0.5) / (Count + unseen);

    private void RaiseStart()
    {
        Span<double> held = excesses.AsSpan(0, peaks);
        held.Sort();
        double raise = held[peaks / 2];
        int kept = 0;
        foreach (double excess in held)
            if (excess > raise) excesses[kept++] = excess - raise;
        start += raise;
        tail = tail with { Scale = Math.Max(floor, tail.Scale + (tail.Shape * raise)) };
        peaks = kept;
        fittedPeaks = 0;
    }

    /// <summary>
    /// What lies above the alarm threshold is never learned, though a few of those were normal. Left out they would make the tail look short, and each fit would
    /// lower the threshold further: so as many as the tail itself expects are filled in, at its own quantiles (an EM step; A. Dempster, N. Laird, D. Rubin, JRSS B 1977).
    /// </summary>
    private void Refit()
    {
        unseen = 0;
        if (isFitted && AlarmThreshold > start)
        {
            double logBeyond = tail.LogTail(AlarmThreshold - start);
            double beyond = Math.Min(0.5, Math.Exp(logBeyond));
            unseen = peaks * beyond / (1 - beyond);
            int filled = Math.Min((int)Math.Round(unseen), excesses.Length - peaks);
            for (int i = 0; i < filled; i++) excesses[peaks + i] = tail.Quantile(logBeyond + Math.Log((i + 0.5) / filled));
            Fit(peaks + filled);
        }
        else
        {
            Fit(peaks);
        }

        isFitted = true;
        fittedPeaks = peaks;
        double excess = Math.Log(options.Risk / StartShare);
        AlarmThreshold = excess < 0 ? start + tail.Quantile(excess) : start;
    }

    private void Fit(int count)
    {
        tail = count == 0 ? new GeneralizedPareto(0, floor) : ParetoFit.Fit(excesses.AsSpan(0, count), options.LeastShape, options.GreatestShape);
        tail = tail with { Scale = Math.Max(tail.Scale, floor) };
    }
}
