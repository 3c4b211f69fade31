using Ecart.Thresholds;

namespace Ecart.Domains.Iot.Outlook;

/// <summary>
/// Says from the hourly distances of a signal how it is doing and when it will fail. The slope is the median of the changes between the same hour of different
/// days, which no daily course can move (the seasonal slope of R. M. Hirsch, J. R. Slack and R. A. Smith, Water Resources Research 18, 1982); its significance
/// allows for hours that resemble their neighbours; the hours left come from <see cref="GrowthCurves"/>. One for any number of signals; not thread-safe.
/// </summary>
public sealed class OutlookEstimator
{
    private const int LeastRecentHours = 3;
    private const int LeastDays = 2;
    private const double FurthestHours = 1e6;

    /// <summary>Standard deviation of a normal distribution over its median absolute deviation.</summary>
    private const double NormalConsistency = 1.4826;

    private const double CriticalScore = 0.8;
    private const double WarningScore = 0.5;
    private const double DegradingScore = 0.3;

    private readonly OutlookOptions options;
    private readonly GrowthCurves curves = new();
    private double[] excess = [];
    private double[] slopes = [];
    private double[] scratch = [];

    /// <summary>Makes an estimator.</summary>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public OutlookEstimator(OutlookOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate("outlook");
        this.options = options;
    }

    /// <summary>Estimates as of the last closed hour.</summary>
    /// <param name="trend">The distances.</param>
    /// <param name="warning">Distance that is worth a warning.</param>
    /// <param name="critical">Distance that is critical; more than <paramref name="warning"/>.</param>
    public DeviceOutlook Estimate(DistanceTrend trend, double warning, double critical)
    {
        ArgumentNullException.ThrowIfNull(trend);
        if (trend.Hours.IsEmpty) return DeviceOutlook.Unknown;
        int now = trend.Hours[^1];
        Drift drift = Look(trend, now, critical);
        if (double.IsNaN(drift.Fitted)) return DeviceOutlook.Unknown with { Baseline = trend.Baseline?.Level };
        bool isConfirmed = drift.IsSignificant;
        bool isInSight = drift.IsInSight;
        if (isConfirmed && options.ConfirmHours > 0)
        {
            Drift before = Look(trend, now - options.ConfirmHours, critical);
            isConfirmed = before.IsSignificant;
            isInSight = isInSight && before.IsInSight;
        }

        DeviceStatus status = drift.Fitted >= critical ? DeviceStatus.Critical
            : drift.Fitted >= warning ? DeviceStatus.Warning
            : isConfirmed ? DeviceStatus.Degrading
            : DeviceStatus.Normal;
        var outlook = new DeviceOutlook(
            status, drift.Fitted, ScoreOf(status, drift.Fitted, trend.Baseline?.Level ?? 0, warning, critical), trend.Baseline?.Level, drift.Slope, drift.PValue, null, null, null);
        if (status == DeviceStatus.Critical) return outlook with { HoursToFailure = 0, HoursAtLeast = 0, HoursAtMost = 0 };
        return isInSight && isConfirmed
            ? outlook with
            {
                HoursToFailure = drift.Left,
                HoursAtLeast = drift.AtLeast,
                HoursAtMost = drift.AtMost > FurthestHours ? null : drift.AtMost,
            }
            : outlook;
    }

    private static double ScoreOf(DeviceStatus status, double fitted, double level, double warning, double critical) => status switch
    {
        DeviceStatus.Critical => CriticalScore + ((1 - CriticalScore) * Share(fitted, critical, (2 * critical) - level)),
        DeviceStatus.Warning => WarningScore + ((CriticalScore - WarningScore) * Share(fitted, warning, critical)),
        DeviceStatus.Degrading => DegradingScore + ((WarningScore - DegradingScore) * Share(fitted, level, warning)),
        _ => 0,
    };

    /// <summary>How far a value has come from one to another, 0 to 1.</summary>
    private static double Share(double value, double from, double to) => to > from ? Math.Clamp((value - from) / (to - from), 0, 1) : 1;

    /// <summary>What the hours up to one say.</summary>
    private Drift Look(DistanceTrend trend, int now, double critical)
    {
        ReadOnlySpan<int> hours = trend.Hours;
        int end = hours.Length;
        while (end > 0 && hours[end - 1] > now) end--;
        int start = end;
        while (start > 0 && hours[start - 1] > now - options.WindowHours) start--;
        hours = hours[start..end];
        ReadOnlySpan<float> medians = trend.Medians[start..end];
        Reserve(hours.Length);
        Span<double> beyond = excess.AsSpan(0, hours.Length);
        for (int i = 0; i < hours.Length; i++) beyond[i] = trend.Baseline?.Excess(hours[i], medians[i]) ?? medians[i];
        double level = trend.Baseline?.Level ?? 0;
        double recent = Recent(hours, beyond, now, 0);
        if (double.IsNaN(recent)) return Drift.Unknown;
        double far = critical - level;
        // Most hours of most devices are healthy: they cost no more than this.
        if (trend.Baseline is null || far <= 0 || recent < options.LeastLevel * far) return Drift.Unknown with { Fitted = level + recent };
        double slope = Slope(hours, medians);
        if (double.IsNaN(slope)) return Drift.Unknown with { Fitted = level + recent };

        curves.Fit(hours, beyond);
        (double pValue, double autocorrelation) = Significance(hours, beyond, slope, trend.Baseline.Autocorrelation);
        // A slope that may be chance carries nothing forward.
        bool isSignificant = slope > 0 && pValue < options.Significance;
        var drift = Drift.Unknown with { Fitted = level + (isSignificant ? Recent(hours, beyond, now, slope) : recent), Slope = slope, PValue = pValue };
        if (!isSignificant) return drift;
        curves.Predict(far, autocorrelation);
        double left = curves.Quantile(0.5);
        return drift with
        {
            IsSignificant = true,
            IsInSight = left <= options.HorizonHours && curves.ProbabilityWithin(options.HorizonHours) >= options.Certainty,
            Left = left,
            AtLeast = curves.Quantile((1 - options.Interval) / 2) * (1 - GrowthCurves.Resolution),
            AtMost = curves.Quantile((1 + options.Interval) / 2) * (1 + GrowthCurves.Resolution),
        };
    }

    /// <summary>The excess now, by a line of a slope through the recent hours; NaN with too few of them.</summary>
    private double Recent(ReadOnlySpan<int> hours, ReadOnlySpan<double> beyond, int now, double slope)
    {
        int count = 0;
        for (int i = hours.Length - 1; i >= 0 && hours[i] > now - options.RecentHours; i--) scratch[count++] = beyond[i] + (slope * (now - hours[i]));
        return count < LeastRecentHours ? double.NaN : Median.Sort(scratch.AsSpan(0, count));
    }

    /// <summary>Median change in an hour between the same hours of different days; NaN with less than two days of them.</summary>
    private double Slope(ReadOnlySpan<int> hours, ReadOnlySpan<float> medians)
    {
        if (hours[^1] - hours[0] < (LeastDays * TrendBaseline.HoursOfDay) - 1) return double.NaN;
        int count = 0;
        for (int apart = TrendBaseline.HoursOfDay; apart <= hours[^1] - hours[0]; apart += TrendBaseline.HoursOfDay)
        {
            for (int i = 0, j = 1; j < hours.Length; j++)
            {
                while (hours[j] - hours[i] > apart) i++;
                if (hours[j] - hours[i] != apart) continue;
                if (count == slopes.Length) Array.Resize(ref slopes, Math.Max(256, 2 * slopes.Length));
                slopes[count++] = ((double)medians[j] - medians[i]) / apart;
            }
        }

        return count < TrendBaseline.HoursOfDay ? double.NaN : Median.Sort(slopes.AsSpan(0, count));
    }

    /// <summary>
    /// Probability of a slope as steep by chance, and the autocorrelation that it allows for. Noise is what the best curve leaves: a straight line through a drift
    /// that began within the window would leave the drift itself.
    /// </summary>
    private (double PValue, double Autocorrelation) Significance(ReadOnlySpan<int> hours, ReadOnlySpan<double> beyond, double slope, double usual)
    {
        int n = hours.Length;
        Span<double> residuals = scratch.AsSpan(0, n);
        curves.Residuals(hours, beyond, residuals);
        double middle = 0;
        foreach (int hour in hours) middle += hour - hours[0];
        middle /= n;
        double squares = 0;
        foreach (int hour in hours) squares += (hour - hours[0] - middle) * (hour - hours[0] - middle);
        double autocorrelation = Math.Max(TrendBaseline.AutocorrelationOf(hours, residuals), usual);
        for (int i = 0; i < n; i++) residuals[i] = Math.Abs(residuals[i]);
        double spread = NormalConsistency * Median.Sort(residuals);
        double inflation = (1 + autocorrelation) / (1 - autocorrelation);
        double error = Math.Max(spread, 1e-9) * Math.Sqrt(inflation / squares);
        double freedom = Math.Max((n / inflation) - 2, 1);
        return (StudentUpper(slope / error, freedom), autocorrelation);
    }

    /// <summary>Upper tail of Student's t by the normal one (M. Abramowitz and I. Stegun, 26.7.8).</summary>
    private static double StudentUpper(double t, double freedom) =>
        NormalTail.Upper(t * (1 - (1 / (4 * freedom))) / Math.Sqrt(1 + (t * t / (2 * freedom))));

    private void Reserve(int count)
    {
        if (excess.Length >= count) return;
        int capacity = Math.Max(options.WindowHours, count);
        excess = new double[capacity];
        scratch = new double[capacity];
    }

    private readonly record struct Drift(
        double Fitted, double? Slope, double? PValue, bool IsSignificant, bool IsInSight, double Left, double AtLeast, double AtMost)
    {
        public static Drift Unknown { get; } = new(double.NaN, null, null, false, false, 0, 0, 0);
    }
}
