namespace Ecart.Domains.Iot.Outlook;

/// <summary>Where the distance of a signal to its normal stands, where it is heading, and when it would be critical. Distances are those of the domain's embedding.</summary>
/// <param name="Status">How it is doing.</param>
/// <param name="FittedNow">Distance now, by the fit through the last 24 hours, without the hour of day's share; NaN while nothing is known.</param>
/// <param name="Score">What that contributes to a verdict: 0.8 to 1 for critical, 0.5 to 0.8 for a warning, 0.3 to 0.5 for degrading, by how far it has come; 0 else.</param>
/// <param name="Baseline">Median distance of the hours that the outlook compares with; null while they are being collected.</param>
/// <param name="SlopePerHour">Robust change of the distance in an hour, positive when the device moves away; null with less than two days of hours.</param>
/// <param name="PValue">Probability of so steep a rise without any drift, with autocorrelation allowed for; null without a slope.</param>
/// <param name="HoursToFailure">Median of the predicted hours until the distance is critical, 0 when it is; null: no failure in sight.</param>
/// <param name="HoursAtLeast">Lower end of the interval of <see cref="HoursToFailure"/>; null with it.</param>
/// <param name="HoursAtMost">Upper end of that interval; null with it, and when it is open.</param>
public readonly record struct DeviceOutlook(
    DeviceStatus Status,
    double FittedNow,
    double Score,
    double? Baseline,
    double? SlopePerHour,
    double? PValue,
    double? HoursToFailure,
    double? HoursAtLeast,
    double? HoursAtMost)
{
    /// <summary>Nothing is known yet.</summary>
    public static DeviceOutlook Unknown { get; } = new(DeviceStatus.Normal, double.NaN, 0, null, null, null, null, null, null);

    /// <summary>How many times the baseline the distance now is; null without a baseline, or when that is 0.</summary>
    public double? Ratio => Baseline is > 0 && double.IsFinite(FittedNow) ? FittedNow / Baseline : null;
}
