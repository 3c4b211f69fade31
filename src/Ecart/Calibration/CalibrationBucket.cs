namespace Ecart.Calibration;

/// <summary>Decided alerts whose scores round to one tenth.</summary>
/// <param name="Score">The score, rounded to 0.1, halves upwards.</param>
/// <param name="True">Those that people confirmed.</param>
/// <param name="False">Those that people declared false.</param>
/// <param name="FalseAndAbove">False ones of this bucket and above.</param>
/// <param name="Recall">Share of all true ones that are in this bucket or above; NaN without any.</param>
public sealed record CalibrationBucket(double Score, int True, int False, int FalseAndAbove, double Recall)
{
    /// <summary>Decided alerts.</summary>
    public int Alerts => True + False;

    /// <summary>Share of them that is true.</summary>
    public double Precision => True / (double)Alerts;
}
