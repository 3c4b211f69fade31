using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Outlook;
using Ecart.Scoring;
using Ecart.Simulation;

namespace Ecart.Eval.IotSimulator;

/// <summary>What was said of one simulated device, and the distances that it really had.</summary>
internal sealed class DeviceRecord(SimulatedDevice device)
{
    private const int HoursOfDay = 24;
    private readonly Dictionary<string, SignalDistances> signals = new(StringComparer.Ordinal);

    public SimulatedDevice Device => device;

    /// <summary>The first prediction of a failure.</summary>
    public Prediction? First { get; private set; }

    /// <summary>The last prediction in each hour since the first.</summary>
    public Dictionary<DateTime, Prediction> Predictions { get; } = [];

    /// <summary>Days on which a failure was predicted.</summary>
    public HashSet<DateTime> PredictedDays { get; } = [];

    /// <summary>Flagged measurements.</summary>
    public int Flagged { get; private set; }

    /// <summary>What was told, and when.</summary>
    public List<(DateTime At, string Code)> Told { get; } = [];

    public void Add(IotMeasurement measurement, Verdict verdict, bool isMeasured)
    {
        if (!double.IsNaN(verdict.DistanceToProfile))
        {
            if (!signals.TryGetValue(measurement.Signal, out SignalDistances? known)) signals.Add(measurement.Signal, known = new SignalDistances());
            known.Add(measurement.OccurredAt, verdict.DistanceToProfile);
        }

        if (!isMeasured) return;
        if (verdict.IsAnomaly) Flagged++;
        foreach (ref readonly Evidence evidence in verdict.Evidence) Told.Add((measurement.OccurredAt, evidence.Code));
    }

    public void Note(DateTime at, string signal, DeviceOutlook outlook)
    {
        if (outlook.HoursToFailure is not > 0) return;
        var prediction = new Prediction(at, signal, outlook.HoursToFailure.Value, outlook.HoursAtLeast!.Value, outlook.HoursAtMost ?? double.PositiveInfinity);
        First ??= prediction;
        PredictedDays.Add(at.Date);
        DateTime hour = at.Date.AddHours(at.Hour);
        // Of several signals that are failing, the first to fail counts.
        if (!Predictions.TryGetValue(hour, out Prediction known) || known.Signal == signal || prediction.Hours < known.Hours) Predictions[hour] = prediction;
    }

    /// <summary>
    /// When the device failed, known in hindsight alone: the first hour from which the median distance of the day around it stayed critical. Null when it never did.
    /// </summary>
    public DateTime? FailedAt(Func<string, double> criticalOf)
    {
        DateTime? first = null;
        foreach ((string name, SignalDistances distances) in signals)
        {
            if (distances.CriticalFrom(criticalOf(name), HoursOfDay / 2) is { } at && (first is null || at < first)) first = at;
        }

        return first;
    }

    /// <param name="At">When it was made.</param>
    /// <param name="Signal">By which signal.</param>
    /// <param name="Hours">Hours left.</param>
    /// <param name="AtLeast">Lower end of the interval.</param>
    /// <param name="AtMost">Upper end.</param>
    public readonly record struct Prediction(DateTime At, string Signal, double Hours, double AtLeast, double AtMost)
    {
        public bool Covers(double hours) => AtLeast <= hours && hours <= AtMost;
    }
}
