using System.Globalization;
using Ecart.Domains.Iot.Calibration;

namespace Ecart.App.Training;

/// <summary>Says to a person why a calibration may have learned what is not normal, and what to do.</summary>
internal static class CalibrationDoubtText
{
    /// <summary>A calibration is shorter when it has less than this share of the time that the one before had.</summary>
    private const double Shorter = 0.5;

    private const string Undo = "'ecart models rollback iot --slot calibration --reason ...' goes back to what was in force.";

    /// <summary>A sentence each: nothing for a calibration that nothing speaks against.</summary>
    public static IEnumerable<string> Of(DeviceCalibrationResult result)
    {
        foreach (CalibrationDoubt doubt in result.Doubts) yield return $"{result.Device.DeviceId}, signal '{doubt.Signal}': {Of(doubt, UnitOf(result, doubt))}";
        if (result.Before is not { } before) yield break;
        TimeSpan now = result.Device.To - result.Device.From;
        TimeSpan then = before.To - before.From;
        if (now >= Shorter * then) yield break;
        yield return $"{result.Device.DeviceId}: this calibration is of {Length(now)}, the one that it replaces is of {Length(then)} ({before.From:yyyy-MM-dd HH:mm} to {before.To:yyyy-MM-dd HH:mm}). "
            + "What those days had and these do not, such as a daily course or a weekend, will look strange. Calibrate on more days by --days or --from, or: " + Undo;
    }

    private static string Of(CalibrationDoubt doubt, string unit)
    {
        string before = Number(doubt.Before) + unit;
        string after = Number(doubt.After) + unit;
        string since = doubt.Since is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm}") : "";
        return doubt.Kind switch
        {
            CalibrationDoubtKind.LevelShift =>
                $"its level went from about {before} to about {after} at about {since}. If that is a fault, it was learned as normal. "
                + $"Choose days of normal operation by --from and --to ({since} lies outside), or mark the measurements as confirmed faults and calibrate again. {Undo}",
            CalibrationDoubtKind.SpreadChange =>
                $"from one measurement to the next it changed by about {before}, and from about {since} on by about {after}. If that is a fault, it was learned as normal. "
                + $"Choose days of normal operation by --from and --to. {Undo}",
            CalibrationDoubtKind.StuckSensor =>
                $"it repeated {before} for {doubt.After:N0} measurements from {since} on, longer than its history makes plausible. If the sensor was stuck, that was learned as normal. "
                + $"Choose days in which it worked by --from and --to. {Undo}",
            CalibrationDoubtKind.OtherLevel =>
                $"its mean is {after}, what was normal before had {before}. If nothing was changed at the device, a fault was learned as normal: choose other days by --from and --to. {Undo}",
            _ =>
                $"its standard deviation is {after}, what was normal before had {before}. If nothing was changed at the device, a fault was learned as normal: "
                + $"choose other days by --from and --to. {Undo}",
        };
    }

    private static string UnitOf(DeviceCalibrationResult result, CalibrationDoubt doubt) =>
        result.Device.Signals.FirstOrDefault(signal => signal.Name == doubt.Signal)?.Unit is { } unit ? " " + unit : "";

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Length(TimeSpan length) => length.TotalDays >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:F1} days")
        : string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:F1} hours");
}
