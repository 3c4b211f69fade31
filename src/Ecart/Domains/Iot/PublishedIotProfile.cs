using Ecart.Domains.Iot.Outlook;

namespace Ecart.Domains.Iot;

/// <summary>What is normal for one signal of a device, or for all of them together, as SQL users see it: a publication of the state that scores.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Signal">The signal; empty for all together.</param>
/// <param name="Type">What it measures; null for all together.</param>
/// <param name="Centroid">Mean embedding, of <see cref="IotLayout.Dimension"/> floats; 0 where it is not known yet.</param>
/// <param name="ObservationCount">Normal measurements that it was made of; for all together the signals' sum.</param>
/// <param name="Minimum">Least normal value; NaN for all together and while unknown, like those that follow.</param>
/// <param name="Maximum">Largest normal value.</param>
/// <param name="Mean">Mean normal value.</param>
/// <param name="Deviation">Standard deviation of normal values.</param>
/// <param name="DistanceMean">Mean distance; for all together that of the signals.</param>
/// <param name="DistanceDeviation">Standard deviation of the distance.</param>
/// <param name="Warning">Distance that is a warning.</param>
/// <param name="Critical">Distance that is critical.</param>
/// <param name="LastCalibration">End of the period that the device was calibrated on; null when it learned for itself.</param>
/// <param name="Outlook">How it is doing as of its newest hour; for all together that of the worst signal.</param>
/// <param name="TrendBaseline">The usual distances of its hours; null while they are learned, and for all together.</param>
/// <param name="Lane">Lane of the device.</param>
/// <param name="Seq">Last log entry that is included.</param>
public sealed record PublishedIotProfile(
    string DeviceId,
    string Signal,
    MeasurementType? Type,
    float[] Centroid,
    int ObservationCount,
    double Minimum,
    double Maximum,
    double Mean,
    double Deviation,
    double DistanceMean,
    double DistanceDeviation,
    double Warning,
    double Critical,
    DateTime? LastCalibration,
    DeviceOutlook Outlook,
    TrendBaseline? TrendBaseline,
    int Lane,
    long Seq);
