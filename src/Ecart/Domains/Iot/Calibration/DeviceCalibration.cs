using Ecart.Detection.Process;
using Ecart.Domains.Iot.Joint;
using Ecart.Domains.Iot.Signals;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Iot.Calibration;

/// <summary>
/// Finds what is normal for one device in measurements of a period of its normal operation: for every signal its baseline and the distances worth a warning, and
/// for all together a <see cref="ProcessMonitor"/>. Keeps 24 bytes a measurement. Not thread-safe: one owner.
/// </summary>
/// <param name="deviceId">The device.</param>
/// <param name="options">Constants of the domain; null for the defaults.</param>
public sealed class DeviceCalibration(string deviceId, IotOptions? options = null)
{
    private readonly IotOptions options = options ?? IotOptions.Default;
    private readonly List<Reading> readings = [];
    private readonly Dictionary<string, SignalHistory> signals = new(StringComparer.Ordinal);
    private readonly List<SignalHistory> order = [];

    /// <summary>The device.</summary>
    public string DeviceId => deviceId;

    /// <summary>Measurements added.</summary>
    public int Count => readings.Count;

    /// <summary>
    /// What speaks against taking the measurements for normal operation, such as a fault that goes on and was told once: it is learned all the same. Empty before
    /// <see cref="Fit"/>.
    /// </summary>
    public IReadOnlyList<CalibrationDoubt> Doubts => [.. order.SelectMany(history => history.Doubts).OrderBy(doubt => doubt.Signal, StringComparer.Ordinal)];

    /// <summary>What differs much between a signal as it is calibrated now and what was normal for it before; null for nothing.</summary>
    /// <param name="calibrated">The signal now.</param>
    /// <param name="meanBefore">Mean of what was normal before, in the same unit.</param>
    /// <param name="deviationBefore">Standard deviation of that.</param>
    public CalibrationDoubt? Compare(CalibratedSignal calibrated, double meanBefore, double deviationBefore)
    {
        ArgumentNullException.ThrowIfNull(calibrated);
        return PeriodComparison.Against(calibrated.Name, (meanBefore, deviationBefore), calibrated.Baseline, options.Baseline);
    }

    /// <summary>Adds a normal measurement. Those of signals beyond <see cref="IotOptions.MaximumSignals"/>, and those in a unit that cannot be converted to the
    /// signal's first, are left out.</summary>
    /// <exception cref="ArgumentException">It is another device's.</exception>
    public void Add(IotMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        if (measurement.DeviceId != deviceId)
            throw new ArgumentException($"Measurement '{measurement.EventUid}' is of the device '{measurement.DeviceId}', not of '{deviceId}'.", nameof(measurement));
        if (!signals.TryGetValue(measurement.Signal, out SignalHistory? history))
        {
            if (signals.Count >= options.MaximumSignals) return;
            history = new SignalHistory(measurement, order.Count, options);
            signals.Add(measurement.Signal, history);
            order.Add(history);
        }

        double value = history.ValueOf(measurement);
        if (!double.IsNaN(value)) readings.Add(new Reading(measurement.OccurredAt.Ticks, history.Position, value));
    }

    /// <summary>Finds what is normal.</summary>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Null when no signal has enough measurements (<see cref="BaselineOptions.MinimumValues"/>).</returns>
    /// <exception cref="OptionsException">A constant is out of range.</exception>
    public CalibratedDevice? Fit(CancellationToken cancellation = default)
    {
        options.Validate();
        // Stable: what has one time stays in the order in which it came.
        Reading[] sorted = [.. readings.OrderBy(reading => reading.Ticks)];
        foreach (Reading reading in sorted) order[reading.Position].Values.Add(reading.Ticks, reading.Value);
        var calibrated = new List<CalibratedSignal>();
        foreach (SignalHistory history in order) history.Doubts.Clear();
        foreach (SignalHistory history in order.Where(history => history.Values.Count >= options.Baseline.MinimumValues))
        {
            cancellation.ThrowIfCancellationRequested();
            calibrated.Add(history.Fit(sorted.Where(reading => reading.Position == history.Position).Select(reading => (reading.Ticks, reading.Value))));
        }

        if (calibrated.Count == 0) return null;
        string[] joint = [.. calibrated.Select(signal => signal.Name)];
        (ProcessMonitor? monitor, RowClock clock, long newest, int rows) = FitMonitor(sorted, joint, cancellation);
        return new CalibratedDevice(
            deviceId,
            new DateTime(sorted[0].Ticks, DateTimeKind.Utc),
            new DateTime(sorted[^1].Ticks, DateTimeKind.Utc),
            [.. calibrated.OrderBy(signal => signal.Name, StringComparer.Ordinal)],
            monitor is null ? [] : joint,
            clock,
            newest,
            rows,
            monitor?.Save());
    }

    private (ProcessMonitor? Monitor, RowClock Clock, long NewestRow, int Rows) FitMonitor(Reading[] sorted, string[] joint, CancellationToken cancellation)
    {
        if (joint.Length < 2 || options.FindStreamDetector(ProcessMonitor.KindName) is not { } detector) return default;
        var positions = new int[order.Count];
        Array.Fill(positions, SignalState.NoPosition);
        for (int i = 0; i < joint.Length; i++) positions[signals[joint[i]].Position] = i;
        var values = new List<float>();
        var times = new List<long>();
        var assembler = new RowAssembler(joint.Length, options.Joint.ToleranceTicks);
        var row = new float[joint.Length];
        foreach (Reading reading in sorted)
        {
            int position = positions[reading.Position];
            if (position == SignalState.NoPosition) continue;
            if (assembler.TryLook(reading.Ticks, position, (float)reading.Value, row, out long time)) Keep(time);
            assembler.Add(reading.Ticks, position, (float)reading.Value);
        }

        if (assembler.TryEnd(row, out long last)) Keep(last);
        RowClock clock = RowClock.Of([.. times]);
        if (times.Count < Math.Max(ProcessMonitor.MinimumRows, 2 * clock.Season)) return default;
        var fitted = ProcessMonitor.Fit(
            new Matrix([.. values], times.Count, joint.Length), detector.ProcessMonitor with { Season = clock.Season }, cancellation);
        return (fitted, clock, times[^1], times.Count);

        void Keep(long time)
        {
            values.AddRange(row);
            times.Add(time);
        }
    }

    private readonly record struct Reading(long Ticks, int Position, double Value);
}
