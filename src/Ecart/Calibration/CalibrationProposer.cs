using Ecart.Scoring;

namespace Ecart.Calibration;

/// <summary>
/// Proposes thresholds from what people decided of alerts, and from nothing else. What a proposal promises is estimated on alerts that were not learned from.
/// The same alerts give the same proposal in any order. Thread-safe.
/// </summary>
/// <remarks>
/// A proposal never adds an alert: of events below the flag nobody has decided anything, so nothing is known of what alerting of them would cost. All alerts of an
/// entity are in one part of the estimate, since those of one incident resemble each other.
/// </remarks>
/// <param name="options">How careful; the defaults when null.</param>
public sealed class CalibrationProposer(CalibrationOptions? options = null)
{
    private const int Decimals = 6;
    private readonly CalibrationOptions options = options ?? new CalibrationOptions();

    /// <summary>Proposes.</summary>
    /// <param name="current">The thresholds in force.</param>
    /// <param name="alerts">Alerts that people were given, decided or not, by any earlier thresholds.</param>
    /// <param name="target">What to reach.</param>
    /// <param name="form">What may be changed.</param>
    /// <param name="days">Days that the alerts are of, above 0.</param>
    /// <exception cref="OptionsException">The target or an option is out of its range.</exception>
    public CalibrationProposal Propose(
        SeverityOptions current, IReadOnlyList<CalibrationEvent> alerts, CalibrationTarget target, CalibrationForm form = CalibrationForm.Relevance, double days = 30)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(alerts);
        ArgumentNullException.ThrowIfNull(target);
        options.Validate();
        target.Validate();
        CalibrationEvent[] sorted = [.. alerts.OrderBy(alert => alert.OccurredAt).ThenBy(alert => alert.EventUid, StringComparer.Ordinal)];
        var none = new CalibrationBasis(
            sorted.Length, sorted.Count(alert => alert.IsTrue == true), sorted.Count(alert => alert.IsTrue == false), days, double.NaN, double.NaN, double.NaN, double.NaN);
        if (none.True < options.MinimumDecided) return new CalibrationProposal(null, CalibrationRefusal.TooFewTrue, target, none);
        if (none.False < options.MinimumDecided) return new CalibrationProposal(null, CalibrationRefusal.TooFewFalse, target, none);
        return form == CalibrationForm.Threshold ? ByScore(current, sorted, target, none) : ByRelevance(current, sorted, target, none);
    }

    /// <summary>The measure by which a form tells alerts apart, of each alert as seen by what was learned without it.</summary>
    public IReadOnlyList<(double Measure, bool? IsTrue)> Measure(SeverityOptions current, IReadOnlyList<CalibrationEvent> alerts, CalibrationForm form)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        return form == CalibrationForm.Threshold
            ? [.. alerts.Select(alert => (alert.ScoreBy(current), alert.IsTrue))]
            : Held(alerts, RelevanceFit.CodesOf(alerts.Where(alert => alert.IsTrue is not null), options.MinimumEvidence));
    }

    private CalibrationProposal ByScore(SeverityOptions current, CalibrationEvent[] alerts, CalibrationTarget target, CalibrationBasis none)
    {
        CalibrationCurve curve = CalibrationCurve.Of(Measure(current, alerts, CalibrationForm.Threshold));
        return Judge(curve.Find(target, none.Days), target, none, threshold => current with { Flag = Math.Max(threshold, current.Flag) });
    }

    private CalibrationProposal ByRelevance(SeverityOptions current, CalibrationEvent[] alerts, CalibrationTarget target, CalibrationBasis none)
    {
        CalibrationEvent[] decided = [.. alerts.Where(alert => alert.IsTrue is not null)];
        string[] codes = RelevanceFit.CodesOf(decided, options.MinimumEvidence);
        CalibrationCurve curve = CalibrationCurve.Of(Held(alerts, codes));
        return Judge(curve.Find(target, none.Days, options.MostDemanded), target, none, threshold => current with
        {
            Relevance = RelevanceFit.Fit(decided, codes, options.Ridge) with { Least = threshold },
        });
    }

    private CalibrationProposal Judge(CurvePoint? found, CalibrationTarget target, CalibrationBasis none, Func<double, SeverityOptions> make)
    {
        if (found is not { } point) return new CalibrationProposal(null, CalibrationRefusal.OutOfReach, target, none);
        CalibrationBasis basis = none with
        {
            TrueKept = point.Recall,
            FalseKept = point.False / (double)none.False,
            Precision = point.Precision,
            AlertsPerDay = point.Alerts / none.Days,
        };
        return basis.FalseKept > 1 - options.LeastGain
            ? new CalibrationProposal(null, CalibrationRefusal.NothingToGain, target, basis)
            : new CalibrationProposal(make(Math.Floor(point.Threshold * 1e6) / 1e6), null, target, basis);
    }

    /// <summary>The chance of every alert by a model that was fitted without those of its part; undecided ones by that of all.</summary>
    private List<(double Measure, bool? IsTrue)> Held(IReadOnlyList<CalibrationEvent> alerts, string[] codes)
    {
        var models = new RelevanceOptions[options.Folds];
        for (int fold = 0; fold < models.Length; fold++)
        {
            int held = fold;
            models[fold] = RelevanceFit.Fit([.. alerts.Where(alert => alert.IsTrue is not null && FoldOf(alert) != held)], codes, options.Ridge);
        }

        return [.. alerts.Select(alert => (Math.Round(alert.ChanceBy(models[FoldOf(alert)]), Decimals), alert.IsTrue))];
    }

    private int FoldOf(CalibrationEvent alert)
    {
        uint hash = 2166136261;
        foreach (char letter in alert.EntityId) hash = (hash ^ letter) * 16777619;
        // FNV's low bits alone are poor for texts that differ in one digit.
        hash ^= hash >> 15;
        return (int)(hash % (uint)options.Folds);
    }
}
