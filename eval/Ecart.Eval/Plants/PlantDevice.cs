using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Calibration;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Eval.Plants;

/// <summary>A plant as a device of the iot domain: every column of its record is a signal, every cell of a row a measurement.</summary>
/// <param name="record">What is known of the plant. Rows whose times are unknown, or go back, count as a second apart.</param>
internal sealed class PlantDevice(PlantRecord record)
{
    private const string Device = "plant";
    private readonly DateTime[]? times = record.Times is { } known && known.Zip(known.Skip(1)).All(pair => pair.First <= pair.Second) ? known : null;

    /// <summary>Learns what is normal from rows.</summary>
    /// <param name="rows">The first so many.</param>
    /// <param name="cancellation">Ends it early.</param>
    public CalibratedDevice Calibrate(int rows, CancellationToken cancellation)
    {
        var calibration = new DeviceCalibration(Device);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < record.Signals.Count; column++) calibration.Add(MeasurementOf(row, column));
        return calibration.Fit(cancellation) ?? throw new Running.EvaluationException($"{record.Name} has too few rows to learn from: {rows}.");
    }

    /// <summary>
    /// Runs a new engine over rows, every measurement scored before it is learned. What is said of a row is said with the measurement that ends it.
    /// </summary>
    /// <param name="calibrated">What is normal.</param>
    /// <param name="first">First row to be scored.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    public PlantScores Score(CalibratedDevice calibrated, int first, Action<double> progress)
    {
        var engine = new IotEngine(IotOptions.Default, models: new DomainModels { Calibration = new IotCalibration([calibrated]) });
        var verdict = new Verdict(engine.Dimension);
        int rows = record.Values.Rows - first;
        var scores = new PlantScores(new double[rows], new bool[rows]);
        long seq = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < record.Signals.Count; column++)
            {
                IotMeasurement measurement = MeasurementOf(first + row, column);
                engine.Score(measurement, verdict);
                engine.Learn(new ScoredEvent(measurement, verdict, Lane: 0, ++seq));
                if (double.IsNaN(verdict.Statistics[IotStatistic.Joint])) continue;
                scores.Scores[row] = verdict.Statistics[IotStatistic.Joint];
                scores.Alarms[row] = verdict.Statistics[IotStatistic.JointAlarm] > 0;
            }

            if ((row & 255) == 0) progress((double)row / rows);
        }

        return scores;
    }

    private IotMeasurement MeasurementOf(int row, int column) => new()
    {
        EventUid = $"{row}:{column}",
        OccurredAt = times is null ? DateTime.UnixEpoch.AddSeconds(row) : DateTime.SpecifyKind(times[row], DateTimeKind.Utc),
        DeviceId = Device,
        Signal = record.Signals[column],
        Value = record.Values.Row(row)[column],
    };
}
