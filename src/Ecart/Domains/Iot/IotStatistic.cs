using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>Positions in <see cref="Verdict.Statistics"/> of what the detectors of the iot domain say, on every measurement and without any threshold.</summary>
public static class IotStatistic
{
    /// <summary>How far out the signal's series finds the measurement, 0 to 1; NaN without an opinion.</summary>
    public const int TimeSeries = 0;

    /// <summary>Distance to the signal's centroid in standard deviations above its mean; NaN while that is learned.</summary>
    public const int Distance = 1;

    /// <summary>
    /// How far out the device's signals together are, in standard deviations, of the row that the measurement ends; NaN when it ends none, and without a
    /// calibration.
    /// </summary>
    public const int Joint = 2;

    /// <summary>1 when that row belongs to an alarm, 0 when not; NaN as <see cref="Joint"/>.</summary>
    public const int JointAlarm = 3;
}
