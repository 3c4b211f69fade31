namespace Ecart.MariaDb.Reading;

/// <summary>How a signal of a device stands.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Signal">The signal.</param>
/// <param name="NewestAt">Event time of the device's newest measurement.</param>
/// <param name="Distance">Median distance to what is normal, of the day before that; NaN where none is known.</param>
/// <param name="Warning">Distance that is a warning; NaN while that is learned.</param>
/// <param name="Critical">Distance that is critical; NaN while that is learned.</param>
/// <param name="LastCalibration">End of the period that the device was calibrated on; null when it learns for itself.</param>
/// <param name="IsDegrading">Whether the distance has been growing, as the outlook of its newest hour says.</param>
/// <param name="HoursToFailure">Hours until the distance is critical; NaN: no failure in sight.</param>
/// <param name="HoursAtLeast">Lower end of their interval; NaN without.</param>
/// <param name="HoursAtMost">Upper end; NaN without, and when it is open.</param>
public sealed record SignalStanding(
    string DeviceId,
    string Signal,
    DateTime NewestAt,
    double Distance,
    double Warning,
    double Critical,
    DateTime? LastCalibration,
    bool IsDegrading,
    double HoursToFailure,
    double HoursAtLeast,
    double HoursAtMost)
{
    /// <summary>
    /// LEARNING, UNKNOWN (nothing was measured since it is known what is normal), CRITICAL or WARNING by the distance, DEGRADING by its growth, else NORMAL.
    /// </summary>
    public string Status
    {
        get
        {
            if (double.IsNaN(Warning)) return "LEARNING";
            if (double.IsNaN(Distance)) return "UNKNOWN";
            if (Distance >= Critical) return "CRITICAL";
            if (Distance >= Warning) return "WARNING";
            return IsDegrading ? "DEGRADING" : "NORMAL";
        }
    }
}
