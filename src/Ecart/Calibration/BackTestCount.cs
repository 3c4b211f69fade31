namespace Ecart.Calibration;

/// <summary>Alerts by some thresholds.</summary>
/// <param name="Alerts">All of them.</param>
/// <param name="True">Those that people confirmed.</param>
/// <param name="False">Those that people declared false.</param>
public readonly record struct BackTestCount(int Alerts, int True, int False)
{
    /// <summary>Share of the decided ones that are true; NaN when none is decided.</summary>
    public double Precision => True + False == 0 ? double.NaN : True / (double)(True + False);

    internal BackTestCount With(bool? isTrue) => new(Alerts + 1, True + (isTrue == true ? 1 : 0), False + (isTrue == false ? 1 : 0));
}
