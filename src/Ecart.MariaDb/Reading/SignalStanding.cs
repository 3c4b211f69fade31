namespace Ecart.MariaDb.Reading;

/// <summary>How a signal of a device stands.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Signal">The signal.</param>
/// <param name="NewestAt">Event time of the device's newest measurement.</param>
/// <param name="Distance">Median distance to what is normal, of the day before that; NaN where none is known.</param>
/// <param name="Warning">Distance that is a warning; NaN while that is learned.</param>
/// <param name="Critical">Distance that is critical; NaN while that is learned.</param>
/// <param name="LastCalibration">End of the period that the device was calibrated on; null when it learns for itself.</param>
public sealed record SignalStanding(
    string DeviceId, string Signal, DateTime NewestAt, double Distance, double Warning, double Critical, DateTime? LastCalibration)
{
    /// <summary>LEARNING, UNKNOWN (nothing was measured since it is known what is normal), NORMAL, WARNING or CRITICAL, by the distance.</summary>
    public string Status
    {
        get
        {
            if (double.IsNaN(Warning)) return "LEARNING";
            if (double.IsNaN(Distance)) return "UNKNOWN";
            if (Distance >= Critical) return "CRITICAL";
            return Distance >= Warning ? "WARNING" : "NORMAL";
        }
    }
}
