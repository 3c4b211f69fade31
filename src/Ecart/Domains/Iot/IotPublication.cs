using System.Numerics.Tensors;
using Ecart.Domains.Iot.Outlook;
using Ecart.Domains.Iot.Signals;

namespace Ecart.Domains.Iot;

/// <summary>Makes the published profiles of a device. Those of signals whose distances are not known yet are left out.</summary>
internal static class IotPublication
{
    /// <summary>One a signal, and last one of all together.</summary>
    public static IEnumerable<PublishedIotProfile> Of(DeviceState device)
    {
        SignalState[] known = [.. device.Signals.Values.Where(signal => signal is { Baseline: not null, Profile: not null }).OrderBy(signal => signal.Name, StringComparer.Ordinal)];
        return known.Length == 0 ? [] : known.Select(signal => Of(device, signal)).Append(Together(device, known));
    }

    private static PublishedIotProfile Of(DeviceState device, SignalState signal)
    {
        SignalBaseline baseline = signal.Baseline!;
        DistanceProfile profile = signal.Profile!;
        return new PublishedIotProfile(
            device.Id,
            signal.Name,
            signal.Type,
            profile.Centroid,
            ObservationsOf(signal),
            baseline.Minimum,
            baseline.Maximum,
            baseline.Mean,
            baseline.Deviation,
            profile.Mean,
            profile.Deviation,
            profile.Warning,
            profile.Critical,
            CalibrationOf(device),
            signal.Outlook,
            signal.Trend.Baseline,
            device.Lane,
            device.Seq);
    }

    private static PublishedIotProfile Together(DeviceState device, SignalState[] signals)
    {
        var centroid = new float[IotLayout.Dimension];
        foreach (SignalState signal in signals) TensorPrimitives.Add(centroid, signal.Profile!.Centroid, centroid);
        TensorPrimitives.Divide(centroid, signals.Length, centroid);
        return new PublishedIotProfile(
            device.Id,
            "",
            null,
            centroid,
            (int)Math.Min(int.MaxValue, signals.Sum(signal => (long)ObservationsOf(signal))),
            double.NaN,
            double.NaN,
            double.NaN,
            double.NaN,
            signals.Average(signal => signal.Profile!.Mean),
            signals.Average(signal => signal.Profile!.Deviation),
            signals.Average(signal => signal.Profile!.Warning),
            signals.Average(signal => signal.Profile!.Critical),
            CalibrationOf(device),
            WorstOf(signals),
            null,
            device.Lane,
            device.Seq);
    }

    /// <summary>A device is as well as its worst signal, and fails with the first that does.</summary>
    private static DeviceOutlook WorstOf(SignalState[] signals) => signals
        .Select(signal => signal.Outlook)
        .OrderByDescending(outlook => outlook.Status).ThenBy(outlook => outlook.HoursToFailure ?? double.PositiveInfinity).ThenByDescending(outlook => outlook.Score)
        .First();

    private static int ObservationsOf(SignalState signal) => (int)Math.Min(int.MaxValue, signal.Baseline!.Count + signal.Profile!.Count);

    private static DateTime? CalibrationOf(DeviceState device) =>
        device.CalibratedTicks == 0 ? null : new DateTime(device.CalibratedTicks, DateTimeKind.Utc);
}
