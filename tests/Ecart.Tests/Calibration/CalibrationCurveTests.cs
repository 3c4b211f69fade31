using Ecart.Calibration;
using Xunit;

namespace Ecart.Tests.Calibration;

public sealed class CalibrationCurveTests
{
    [Fact]
    public void Of_AnyAlerts_EqualsCountingThemOneByOne()
    {
        (double Measure, bool? IsTrue)[] alerts = [.. MadeAlerts.Make(200, decided: 0.8).Select(alert => (Math.Round(alert.Rank, 1), alert.IsTrue))];

        foreach (CurvePoint point in CalibrationCurve.Of(alerts).Points)
        {
            (double Measure, bool? IsTrue)[] left = [.. alerts.Where(alert => alert.Measure >= point.Threshold)];
            Assert.Equal((left.Length, left.Count(alert => alert.IsTrue == true), left.Count(alert => alert.IsTrue == false)), (point.Alerts, point.True, point.False));
            Assert.Equal(point.True / (double)alerts.Count(alert => alert.IsTrue == true), point.Recall);
        }
    }

    [Fact]
    public void Of_NothingTrue_HasNoRecall()
    {
        CalibrationCurve curve = CalibrationCurve.Of([(0.5, false), (0.6, null)]);

        Assert.All(curve.Points, point => Assert.True(double.IsNaN(point.Recall)));
        Assert.Null(curve.Find(CalibrationTarget.Default, 30));
    }

    [Fact]
    public void Thin_ManyPoints_KeepsTheEnds()
    {
        CalibrationCurve curve = CalibrationCurve.Of(MadeAlerts.Make(500).Select(alert => (alert.Rank, alert.IsTrue)));

        IReadOnlyList<CurvePoint> thin = curve.Thin(50);

        Assert.Equal(50, thin.Count);
        Assert.Equal((curve.Points[0], curve.Points[^1]), (thin[0], thin[^1]));
    }

    [Fact]
    public void Table_HandMadeAlerts_IsAsTheSqlViewHasIt()
    {
        (double Score, bool IsTrue)[] alerts = [(0.95, true), (0.949999, true), (0.85, false), (0.65, true), (0.55, false), (0.549999, true)];

        CalibrationTable table = CalibrationTable.Of(
            [.. alerts.Select(alert => new CalibrationEvent(MadeAlerts.Start, "A", 0.5, [new Contribution("rule", alert.Score)], true, alert.IsTrue) { StoredScore = alert.Score })])[0];

        Assert.Equal(
            [(1.0, 1, 0, 0), (0.9, 1, 1, 1), (0.7, 1, 0, 1), (0.6, 0, 1, 2), (0.5, 1, 0, 2)],
            table.Buckets.Select(bucket => (bucket.Score, bucket.True, bucket.False, bucket.FalseAndAbove)));
        Assert.Equal([0.25, 0.5, 0.75, 0.75, 1], table.Buckets.Select(bucket => bucket.Recall));
    }
}
