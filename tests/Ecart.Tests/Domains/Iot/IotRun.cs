using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Calibration;
using Ecart.Scoring;

namespace Ecart.Tests.Domains.Iot;

/// <summary>An engine fed as a lane feeds it: score, learn, label, in the order of one log.</summary>
internal sealed class IotRun(IotOptions? options = null, IotCalibration? calibration = null)
{
    private readonly Dictionary<string, ScoredEvent> log = [];
    private readonly Dictionary<string, bool> labels = [];
    private long seq;

    public IotEngine Engine { get; } = new(options ?? IotCase.Quick, models: new DomainModels { Calibration = calibration ?? IotCalibration.None });

    public List<(IotMeasurement Event, Verdict Verdict)> Flagged { get; } = [];

    public Verdict Feed(IotMeasurement measurement)
    {
        Verdict verdict = Score(measurement);
        var scored = new ScoredEvent(measurement, verdict, 0, ++seq);
        Engine.Learn(in scored);
        log.Add(measurement.EventUid, scored);
        if (verdict.IsAnomaly) Flagged.Add((measurement, verdict));
        return verdict;
    }

    public IotRun Feed(IEnumerable<IotMeasurement> measurements)
    {
        foreach (IotMeasurement measurement in measurements) Feed(measurement);
        return this;
    }

    public Verdict Score(IotMeasurement measurement)
    {
        var verdict = new Verdict(IotLayout.Dimension);
        Engine.Score(measurement, verdict);
        return verdict;
    }

    public void Label(string uid, bool isAnomaly)
    {
        Engine.ApplyLabel(log[uid], isAnomaly, labels.TryGetValue(uid, out bool previous) ? previous : null, ++seq);
        labels[uid] = isAnomaly;
    }

    /// <summary>Evidence of a code among what was fed.</summary>
    public int CountOf(string code) => log.Values.Count(scored => Codes(scored.Verdict).Contains(code));

    public static IotCalibration Calibrate(IEnumerable<IotMeasurement> measurements, IotOptions? options = null, string device = "pump")
    {
        var calibration = new DeviceCalibration(device, options ?? IotCase.Quick);
        foreach (IotMeasurement measurement in measurements) calibration.Add(measurement);
        return new IotCalibration([calibration.Fit()!]);
    }

    public static string[] Codes(Verdict verdict) => [.. verdict.Evidence.ToArray().Select(evidence => evidence.Code)];
}
