using System.CommandLine;
using System.Globalization;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.App.Training;
using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Calibration;
using Ecart.MariaDb.Reading;

namespace Ecart.App.Commands;

/// <summary><c>ecart devices</c>.</summary>
internal static class DevicesCommand
{
    private const string Routine = "Calibrated on stored normal measurements.";

    public static Command Make() => new("devices", "Devices of the domain iot: how they stand, and what is normal for them.") { List(), Calibrate() };

    private static Command List()
    {
        var list = new Command(
            "list",
            "List the signals of all devices with their status: the median distance of the newest day against warning and critical distance, a distance that grows, and "
            + "when it will be critical.");
        list.SetAction((_, cancellationToken) => ListAsync(cancellationToken));
        return list;
    }

    private static Command Calibrate()
    {
        var devices = new Option<string[]>("--device") { Description = "Which devices, once or more. Default: all.", AllowMultipleArgumentsPerToken = true };
        var from = new Option<DateTime?>("--from") { Description = "Earliest event time, UTC, of the normal operation to learn from. Default: --days before the newest." };
        var to = new Option<DateTime?>("--to") { Description = "Latest event time, UTC. Default: the newest." };
        var days = new Option<int>("--days") { Description = "Days to learn from without --from.", DefaultValueFactory = _ => 30 };
        var reason = new Option<string>("--reason") { Description = "Why, for those who read the audit log later.", DefaultValueFactory = _ => Routine };
        var calibrate = new Command(
            "calibrate",
            "Find what is normal for devices in their stored measurements, without those that were flagged or are confirmed faults: baselines, warning and "
            + "critical distances of every signal, and a monitor of all signals together. Kept as the next version of the calibration and put in force; a running "
            + "service goes over within seconds.") { devices, from, to, days, reason };
        calibrate.SetAction((parsed, cancellationToken) => CalibrateAsync(
            parsed.GetValue(devices) ?? [],
            Utc(parsed.GetValue(from)),
            Utc(parsed.GetValue(to)),
            parsed.GetValue(days),
            parsed.GetRequiredValue(reason),
            cancellationToken));
        return calibrate;
    }

    private static Task<OpenStore> OpenAsync(CancellationToken cancellationToken) =>
        StoreOpener.OpenAsync("", cancellationToken, domain: ServedDomains.Find(IotMeasurement.DomainName));

    private static async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        await using OpenStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SignalStanding> standings = await new DeviceHistory(store.ConnectionString).ReadStandingsAsync(cancellationToken).ConfigureAwait(false);
        if (standings.Count == 0) Output.Result("There are no measurements yet. 'ecart replay --domain iot FILE' reads some.");
        foreach (SignalStanding standing in standings)
        {
            string calibrated = standing.LastCalibration is { } at
                ? string.Create(CultureInfo.InvariantCulture, $"calibrated until {at:yyyy-MM-dd HH:mm}")
                : "not calibrated";
            Output.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"{standing.Status,-9}  {standing.DeviceId}  {standing.Signal}  distance {standing.Distance:F2} (warning {standing.Warning:F2}, critical {standing.Critical:F2})  {standing.NewestAt:yyyy-MM-dd HH:mm}  {calibrated}{FailureOf(standing)}"));
        }

        return ExitCode.Done;
    }

    private static string FailureOf(SignalStanding standing)
    {
        if (!(standing.HoursToFailure > 0)) return "";
        string atMost = double.IsNaN(standing.HoursAtMost) ? "any time later" : string.Create(CultureInfo.InvariantCulture, $"{standing.HoursAtMost:F0}");
        return string.Create(CultureInfo.InvariantCulture, $"  failure in about {standing.HoursToFailure:F0} hours ({standing.HoursAtLeast:F0} to {atMost})");
    }

    private static async Task<int> CalibrateAsync(
        string[] devices, DateTime? from, DateTime? to, int days, string reason, CancellationToken cancellationToken)
    {
        if (days < 1) throw new CommandException($"--days is {days}; it must be at least 1.", ExitCode.Usage);
        if (from > to) throw new CommandException($"--from {from:yyyy-MM-dd HH:mm} is after --to {to:yyyy-MM-dd HH:mm}.", ExitCode.Usage);
        await using OpenStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> known = await new DeviceHistory(store.ConnectionString).ReadDevicesAsync(cancellationToken).ConfigureAwait(false);
        if (devices.Except(known).FirstOrDefault() is { } unknown)
            throw new CommandException($"There is no measurement of the device '{unknown}'. 'ecart devices list' shows those that there are.", ExitCode.Usage);
        if (devices.Length > 0) known = [.. devices.Distinct()];
        List<DeviceCalibrationResult> calibrated = await CalibrateAsync(store, known, from, to, days, cancellationToken).ConfigureAwait(false);
        if (calibrated.Count == 0)
        {
            throw new CommandException(
                "No device has enough normal measurements in that time. Give a longer time by --from, --to or --days.", ExitCode.Usage);
        }

        int version = await new DeviceCalibrations(store).KeepAsync([.. calibrated.Select(result => result.Device)], reason, cancellationToken).ConfigureAwait(false);
        Output.Result($"Calibration {version} of {calibrated.Count:N0} devices is in force.");
        foreach (string doubt in calibrated.SelectMany(CalibrationDoubtText.Of)) Output.Warning(doubt);
        return ExitCode.Done;
    }

    private static async Task<List<DeviceCalibrationResult>> CalibrateAsync(
        OpenStore store, IReadOnlyList<string> devices, DateTime? from, DateTime? to, int days, CancellationToken cancellationToken)
    {
        var calibrations = new DeviceCalibrations(store);
        var calibrated = new List<DeviceCalibrationResult>();
        var read = new EntryCount();
        int done = 0;
        await LiveProgress.RunAsync(
            "Calibrating",
            () => devices.Count == 0 ? double.NaN : (double)done / devices.Count,
            () => $"{done:N0} of {devices.Count:N0} devices, {read.Value:N0} measurements",
            async () =>
            {
                for (; done < devices.Count; done++)
                {
                    DeviceCalibrationResult? device = await calibrations.CalibrateAsync(devices[done], from, to, days, read, cancellationToken).ConfigureAwait(false);
                    if (device is not null) calibrated.Add(device);
                    else Output.Warning($"{devices[done]} has too few normal measurements in that time: it goes on as before.");
                }

                return done;
            }).ConfigureAwait(false);
        foreach (DeviceCalibrationResult result in calibrated) Tell(result.Device);
        return calibrated;
    }

    private static void Tell(CalibratedDevice device)
    {
        string joint = device.IsJoint
            ? string.Create(CultureInfo.InvariantCulture, $"watched together by {device.Rows:N0} rows{(device.Season > 0 ? " with a daily season" : "")}")
            : "not watched together";
        Output.Result($"{device.DeviceId}: {device.Signals.Count} signals, {device.From:yyyy-MM-dd HH:mm} to {device.To:yyyy-MM-dd HH:mm}, {joint}");
        foreach (CalibratedSignal signal in device.Signals)
        {
            Output.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"  {signal.Name}: {signal.Measurements:N0} measurements about {signal.Centre:G6} ± {signal.Scale:G4} {signal.Unit}, warning at {signal.WarningDistance:F2}, critical at {signal.CriticalDistance:F2}"));
        }
    }

    private static DateTime? Utc(DateTime? time) => time is { } known ? DateTime.SpecifyKind(known, DateTimeKind.Utc) : null;
}
