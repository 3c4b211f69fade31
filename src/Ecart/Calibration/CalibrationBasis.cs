namespace Ecart.Calibration;

/// <summary>What a proposal rests on. Shares are estimated on alerts that were not learned from; NaN where there are none.</summary>
/// <param name="Alerts">Alerts looked at.</param>
/// <param name="True">Those that people confirmed.</param>
/// <param name="False">Those that people declared false.</param>
/// <param name="Days">Days that they are of.</param>
/// <param name="TrueKept">Share of the true alerts that would stay.</param>
/// <param name="FalseKept">Share of the false alerts that would stay.</param>
/// <param name="Precision">Share of true ones among those that would stay.</param>
/// <param name="AlertsPerDay">Alerts a day that would stay.</param>
public sealed record CalibrationBasis(int Alerts, int True, int False, double Days, double TrueKept, double FalseKept, double Precision, double AlertsPerDay);
