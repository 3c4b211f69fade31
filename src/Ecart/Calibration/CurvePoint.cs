namespace Ecart.Calibration;

/// <summary>What a threshold would leave of the alerts.</summary>
/// <param name="Threshold">Alerts at and above it stay.</param>
/// <param name="Alerts">Alerts that stay, decided or not.</param>
/// <param name="True">True ones among them.</param>
/// <param name="False">False ones among them.</param>
/// <param name="Recall">Share of the true alerts that stay; NaN without any.</param>
public readonly record struct CurvePoint(double Threshold, int Alerts, int True, int False, double Recall)
{
    /// <summary>Share of the decided ones that are true; NaN when none is left.</summary>
    public double Precision => True + False == 0 ? double.NaN : True / (double)(True + False);
}
