using Ecart.Scoring;
using Ecart.Simulation;

namespace Ecart.Eval.IotSimulator;

/// <summary>How well failures of the simulated fleet were predicted.</summary>
internal sealed class IotSimulatorFigures
{
    private const int WeekDays = 7;

    public IotSimulatorFigures(
        DeviceSimulatorOptions options, IReadOnlyList<DeviceRecord> records, IReadOnlyDictionary<(string Device, string Signal), double> critical, long measurements)
    {
        Measurements = measurements;
        foreach (DeviceRecord record in records.Where(record => record.Device.Fault == DeviceFaultKind.Degradation))
        {
            DateTime? failedAt = record.FailedAt(signal => critical.GetValueOrDefault((record.Device.DeviceId, signal), double.PositiveInfinity));
            if (failedAt is { } at && at > record.Device.Onset) Runs.Add(DegradationRun.Of(record, at));
            else Uncritical++;
        }

        foreach (DeviceRecord record in records.Where(record => record.Device.Fault == DeviceFaultKind.None)) CountWeeks(options, record);
        foreach (IGrouping<DeviceFaultKind, DeviceRecord> kind in records
            .Where(record => record.Device.Fault is not (DeviceFaultKind.None or DeviceFaultKind.Degradation)).GroupBy(record => record.Device.Fault))
            Faults.Add((kind.Key, kind.Count(), kind.Count(record => IsFound(record))));
    }

    public long Measurements { get; }

    /// <summary>Devices that wore out and became critical.</summary>
    public List<DegradationRun> Runs { get; } = [];

    /// <summary>Devices that wore out and never became critical for good.</summary>
    public int Uncritical { get; }

    /// <summary>Weeks of healthy devices.</summary>
    public int HealthyWeeks { get; private set; }

    /// <summary>Those in which a failure was predicted.</summary>
    public int FalseWeeks { get; private set; }

    /// <summary>Flagged measurements of healthy devices.</summary>
    public int HealthyAlerts { get; private set; }

    /// <summary>Faults of sensors by kind: devices, and those on which the fault was told by its own name.</summary>
    public List<(DeviceFaultKind Kind, int Devices, int Found)> Faults { get; } = [];

    public double FalseShare => HealthyWeeks == 0 ? double.NaN : (double)FalseWeeks / HealthyWeeks;

    public double AlertsPerWeek => HealthyWeeks == 0 ? double.NaN : (double)HealthyAlerts / HealthyWeeks;

    /// <summary>Median of the share of the life that was left when the failure was announced; 0 for one that was not.</summary>
    public double MedianLead => MedianOf(Runs.Select(run => run.Lead));

    /// <summary>Share of the announcements whose interval held the truth.</summary>
    public double Coverage => ShareOf(Runs.Where(run => run.IsAnnounced), run => run.IsCovered);

    /// <summary>The same of the predictions that stood when half of the time from the announcement to the failure had passed.</summary>
    public double LaterCoverage => ShareOf(Runs.Where(run => run.IsCoveredLater is not null), run => run.IsCoveredLater!.Value);

    /// <summary>Median of predicted over true hours at the announcement.</summary>
    public double MedianRatio => MedianOf(Runs.Where(run => run.IsAnnounced).Select(run => run.Ratio));

    /// <summary>Median width of the interval, in true hours left.</summary>
    public double MedianWidth => MedianOf(Runs.Where(run => run.IsAnnounced).Select(run => run.Width));

    public static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return double.NaN;
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static double ShareOf(IEnumerable<DegradationRun> runs, Func<DegradationRun, bool> holds)
    {
        DegradationRun[] all = [.. runs];
        return all.Length == 0 ? double.NaN : (double)all.Count(holds) / all.Length;
    }

    /// <summary>Whether the fault was told by its own name within three days.</summary>
    private static bool IsFound(DeviceRecord record)
    {
        DateTime from = record.Device.Onset!.Value;
        string[] codes = record.Device.Fault switch
        {
            DeviceFaultKind.Spike => [EvidenceCode.TimeSeries, EvidenceCode.ProfileDistance],
            DeviceFaultKind.Stuck => [EvidenceCode.StuckSensor],
            DeviceFaultKind.UnitChange => [EvidenceCode.UnitChange],
            _ => [EvidenceCode.Gap],
        };
        return record.Told.Any(told => told.At >= from && told.At <= from.AddDays(3) && codes.Contains(told.Code));
    }

    private void CountWeeks(DeviceSimulatorOptions options, DeviceRecord record)
    {
        HealthyAlerts += record.Flagged;
        for (int day = options.QuietDays; day + WeekDays <= options.Days; day += WeekDays)
        {
            HealthyWeeks++;
            DateTime first = options.Start.AddDays(day);
            if (Enumerable.Range(0, WeekDays).Any(i => record.PredictedDays.Contains(first.AddDays(i)))) FalseWeeks++;
        }
    }
}
