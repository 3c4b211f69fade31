using System.Numerics.Tensors;
using Ecart.Domains.Iot.Signals;
using Ecart.Domains.Iot.Units;
using Ecart.Vectors;

namespace Ecart.Domains.Iot.Calibration;

/// <summary>One signal of a device that is calibrated. Not thread-safe: its calibration's.</summary>
internal sealed class SignalHistory
{
    private readonly IotOptions options;
    private readonly SignalState state;
    private readonly IotMeasurement first;

    public SignalHistory(IotMeasurement first, int position, IotOptions options)
    {
        this.options = options;
        this.first = first;
        Position = position;
        state = NewState();
        Values = new ValueSample(options.Baseline.SampleValues);
    }

    /// <summary>Place among the device's signals, by their first measurement.</summary>
    public int Position { get; }

    /// <summary>The values in the order of their time.</summary>
    public ValueSample Values { get; }

    /// <summary>The value in the signal's first unit; NaN when it cannot be said.</summary>
    public double ValueOf(IotMeasurement measurement)
    {
        state.UnitText ??= measurement.Unit;
        return UnitReader.Read(measurement, state, options.UnitChange, out _);
    }

    /// <summary>What speaks against the measurements' being normal operation; empty before <see cref="Fit"/>.</summary>
    public List<CalibrationDoubt> Doubts { get; } = [];

    /// <summary>Baseline and distances of measurements in the order of their time, which <see cref="Values"/> has taken in.</summary>
    public CalibratedSignal Fit(IEnumerable<(long Ticks, double Value)> readings)
    {
        SignalBaseline baseline = BaselineEstimate.Of(Values, options.Baseline);
        var sums = new double[IotLayout.Dimension];
        long count = 0;
        CalibrationDoubt? stuck = null;
        Embed(readings, baseline, (reading, embedding) =>
        {
            stuck = StuckOf(reading) ?? stuck;
            for (int i = 0; i < sums.Length; i++) sums[i] += embedding[i];
            count++;
        });
        var centroid = new float[sums.Length];
        for (int i = 0; i < centroid.Length; i++) centroid[i] = (float)(sums[i] / count);
        var distances = new List<double>();
        // Without itself a point lies further from the mean of the others.
        double leaveOneOut = count > 1 ? count / (count - 1.0) : 1;
        Embed(readings, baseline, (_, embedding) => distances.Add(leaveOneOut * VectorMath.Distance(embedding, centroid)));
        if ((stuck ?? PeriodComparison.Find(first.Signal, Values, baseline, options.Baseline)) is { } doubt) Doubts.Add(doubt);
        return new CalibratedSignal(first.Signal, first.Type, state.UnitText, baseline, ProfileOf(centroid, [.. distances]));
    }

    /// <summary>A warning is what the deviation says, or what hardly any normal distance reached, whichever is further; critical is twice as far.</summary>
    private DistanceProfile ProfileOf(float[] centroid, double[] distances)
    {
        BaselineOptions baseline = options.Baseline;
        double mean = TensorPrimitives.Sum<double>(distances) / distances.Length;
        double squares = 0;
        foreach (double distance in distances) squares += (distance - mean) * (distance - mean);
        double deviation = baseline.FloorDeviation(Math.Sqrt(squares / Math.Max(1, distances.Length - 1)), mean);
        Array.Sort(distances);
        double reached = distances[(int)Math.Ceiling(baseline.WarningQuantile * (distances.Length - 1))];
        double warning = Math.Max(mean + (baseline.WarningSigmas * deviation), reached);
        return new DistanceProfile
        {
            Centroid = centroid,
            Count = distances.Length,
            Mean = mean,
            Deviation = deviation,
            Warning = warning,
            Critical = mean + ((warning - mean) * baseline.CriticalSigmas / baseline.WarningSigmas),
            Largest = distances[^1],
        };
    }

    /// <summary>The sensor as stuck by a measurement and those before it; null when it is not.</summary>
    private CalibrationDoubt? StuckOf(SignalReading reading)
    {
        ref readonly UnchangedRun run = ref reading.Signal!.Run;
        return run.IsImplausible(reading.Unchanged, options.StuckSensor)
            ? new CalibrationDoubt(
                first.Signal, CalibrationDoubtKind.StuckSensor, reading.Value, reading.Unchanged + 1, new DateTime(run.SinceTicks, DateTimeKind.Utc))
            : null;
    }

    private void Embed(IEnumerable<(long Ticks, double Value)> readings, SignalBaseline baseline, Action<SignalReading, float[]> take)
    {
        SignalState fresh = NewState();
        fresh.Baseline = baseline;
        var reading = new SignalReading();
        var embedding = new float[IotLayout.Dimension];
        foreach ((long ticks, double value) in readings)
        {
            reading.Clear(
                new IotMeasurement
                {
                    EventUid = "",
                    OccurredAt = new DateTime(ticks, DateTimeKind.Utc),
                    DeviceId = first.DeviceId,
                    Signal = first.Signal,
                    Type = first.Type,
                    Value = value,
                },
                null);
            reading.Signal = fresh;
            SignalStep.Look(reading, options);
            IotEmbedder.Embed(reading, options.Windows, embedding);
            take(reading, embedding);
            SignalStep.Learn(reading, fresh, options);
        }
    }

    /// <summary>Without a series, which calibration does not ask.</summary>
    private SignalState NewState() => new(first.Signal, options with { StreamDetectors = [] }) { Type = first.Type };
}
