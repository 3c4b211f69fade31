namespace Ecart.Calibration;

/// <summary>Alerts by a measure from the highest down: what each threshold would leave. Immutable.</summary>
public sealed class CalibrationCurve
{
    private readonly CurvePoint[] points;

    private CalibrationCurve(CurvePoint[] points) => this.points = points;

    /// <summary>One point for each value that occurs, from the highest down.</summary>
    public IReadOnlyList<CurvePoint> Points => points;

    /// <summary>Makes a curve.</summary>
    /// <param name="alerts">The measure of each alert and what people decided of it.</param>
    public static CalibrationCurve Of(IEnumerable<(double Measure, bool? IsTrue)> alerts)
    {
        (double Measure, bool? IsTrue)[] sorted = [.. alerts.OrderByDescending(alert => alert.Measure)];
        int allTrue = sorted.Count(alert => alert.IsTrue == true);
        var points = new List<CurvePoint>();
        (int right, int wrong) = (0, 0);
        for (int i = 0; i < sorted.Length; i++)
        {
            right += sorted[i].IsTrue == true ? 1 : 0;
            wrong += sorted[i].IsTrue == false ? 1 : 0;
            bool isLastOfItsValue = i + 1 == sorted.Length || sorted[i + 1].Measure < sorted[i].Measure;
            if (isLastOfItsValue) points.Add(new CurvePoint(sorted[i].Measure, i + 1, right, wrong, allTrue == 0 ? double.NaN : right / (double)allTrue));
        }

        return new CalibrationCurve([.. points]);
    }

    /// <summary>The point that reaches a target: the fewest false alerts at enough recall, the most true ones at enough precision or within the budget.</summary>
    /// <param name="target">The target.</param>
    /// <param name="days">Days that the alerts are of.</param>
    /// <param name="mostDemanded">Highest threshold for a recall; of infinity, the default, none.</param>
    /// <returns>Null when none does.</returns>
    public CurvePoint? Find(CalibrationTarget target, double days, double mostDemanded = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Kind == CalibrationTargetKind.Recall)
        {
            int first = Array.FindIndex(points, point => point.Recall >= target.Value);
            if (first < 0 || points[first].Threshold <= mostDemanded) return first < 0 ? null : points[first];
            return points[Array.FindLastIndex(points, point => point.Threshold >= mostDemanded)] with { Threshold = mostDemanded };
        }

        int last = Array.FindLastIndex(
            points,
            point => target.Kind == CalibrationTargetKind.Precision ? point.Precision >= target.Value : point.Alerts <= target.Value * days);
        return last < 0 ? null : points[last];
    }

    /// <summary>At most so many points, the first and the last among them, for a plot.</summary>
    public IReadOnlyList<CurvePoint> Thin(int most)
    {
        if (points.Length <= most) return points;
        var kept = new CurvePoint[most];
        for (int i = 0; i < most; i++) kept[i] = points[(int)((long)i * (points.Length - 1) / (most - 1))];
        return kept;
    }
}
