using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Detection.Process;
using Ecart.Domains.Iot.Calibration;
using Ecart.Profiles;

namespace Ecart.Domains.Iot.Joint;

/// <summary>All signals of one device together: its rows, and the monitor that its calibration fitted. Not thread-safe: its device's.</summary>
internal sealed class JointState
{
    private readonly CalibratedDevice device;
    private readonly JointOptions options;
    private readonly ProcessMonitor monitor;
    private readonly RowAssembler rows;
    private readonly float[] row;
    private readonly double[] contributions;
    private readonly DrivingFeatures names;
    private long newestRow;

    /// <param name="device">A calibration with a monitor.</param>
    /// <param name="options">How rows are made.</param>
    public JointState(CalibratedDevice device, JointOptions options)
    {
        this.device = device;
        this.options = options;
        monitor = device.Monitor!.Fork();
        rows = new RowAssembler(device.JointSignals.Count, options.ToleranceTicks);
        row = new float[device.JointSignals.Count];
        contributions = new double[row.Length];
        names = new DrivingFeatures(device.JointSignals);
        newestRow = device.NewestRowTicks;
    }

    /// <summary>A signal's position in rows; <see cref="Signals.SignalState.NoPosition"/> when it has none.</summary>
    public int PositionOf(string signal) => device.JointPositionOf(signal);

    /// <summary>Fills what the row says that a measurement ends. Changes nothing that is remembered.</summary>
    public void Look(SignalReading reading, int position)
    {
        if (!rows.TryLook(reading.Event!.OccurredAt.Ticks, position, (float)reading.Value, row, out long time)) return;
        reading.HasRow = true;
        reading.RowTicks = time;
        reading.IsAfterGap = IsAfterGap(time);
        reading.JointThreshold = monitor.Threshold;
        if (reading.IsAfterGap) return;
        Align(time);
        reading.Joint = monitor.Score(row);
        reading.IsJointAlarm = monitor.IsAlarmAt(reading.Joint);
    }

    /// <summary>Names of the signals that drove what <see cref="Look"/> said last.</summary>
    public string Drivers()
    {
        monitor.Explain(row, contributions);
        return names.Name(contributions);
    }

    /// <summary>Takes the measurement in that <see cref="Look"/> looked at last.</summary>
    public void Learn(SignalReading reading, int position)
    {
        if (reading.HasRow)
        {
            if (reading.IsAfterGap) monitor.Resume(device.Clock.PositionOf(reading.RowTicks));
            else Align(reading.RowTicks);
            monitor.Learn(row);
            newestRow = reading.RowTicks;
        }

        rows.Add(reading.Event!.OccurredAt.Ticks, position, (float)reading.Value);
    }

    /// <summary>The clock was set back: rows begin anew.</summary>
    public void Restart()
    {
        rows.Restart();
        newestRow = 0;
    }

    public void Write(StateWriter writer)
    {
        var bytes = new ArtefactWriter();
        monitor.WriteState(bytes);
        writer.Block(bytes.Written);
        rows.Write(writer);
        writer.Long(newestRow);
    }

    public void Read(ref StateReader reader)
    {
        var bytes = new ArtefactReader(reader.Block());
        monitor.ReadState(ref bytes);
        bytes.RequireEnd();
        rows.Read(ref reader);
        newestRow = reader.Long();
    }

    private bool IsAfterGap(long time) =>
        time < newestRow || (device.Clock.StepTicks > 0 && time - newestRow > options.RestartSteps * device.Clock.StepTicks);

    /// <summary>Rows may be missing: the time says where in the day the next one is.</summary>
    private void Align(long time)
    {
        if (device.Clock.Season > 0) monitor.MoveTo(device.Clock.PositionOf(time));
    }
}
