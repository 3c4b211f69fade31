using Ecart.Domains.Iot.Outlook;
using Ecart.Domains.Iot.Signals;
using Ecart.Rules.Windows;
using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>
/// Takes measurements and labels into the state. What it changes is decided by the log alone: the measurement, its stored verdict and what the same device did
/// before.
/// </summary>
internal sealed class IotLearner(IotOptions options, IotState state, SignalReading reading)
{
    /// <summary>Writes into the verdict what is to be learned of the measurement scored last.</summary>
    public void Prepare(Verdict verdict)
    {
        verdict.LearnedValue = reading.Value;
        verdict.LearnedDistance = reading.Signal?.Learning?.DistanceOf(verdict.Embedding) ?? double.NaN;
    }

    /// <summary>Takes in the measurement scored last. Late ones are stored and change nothing.</summary>
    /// <exception cref="InvalidOperationException">Another one was scored last.</exception>
    public void Learn(in ScoredEvent scored)
    {
        var measurement = (IotMeasurement)scored.Event;
        DeviceState device = state.Change(measurement.DeviceId, scored.Lane, scored.Seq);
        if (scored.Verdict.IsLate) return;
        if (!ReferenceEquals(reading.Event, measurement))
            throw new InvalidOperationException($"Event {measurement.EventUid} is learned, but was not the last one scored.");
        LearnWindows(measurement, device);
        if (device.UseSignal(measurement.Signal) is not { } signal) return;
        if (signal.Count == 0) signal.Type = measurement.Type;
        LearnJoint(device, signal);
        LearnEpisodes(device, signal);
        LearnTrend(measurement, signal);
        if (!double.IsNaN(reading.Value)) signal.Series?.Learn(measurement.OccurredAt, reading.Value);
        SignalStep.Learn(reading, signal, options);
        device.NewestTicks = Math.Max(device.NewestTicks, measurement.OccurredAt.Ticks);
        if (double.IsNaN(reading.Value)) LearnForeign(measurement, signal);
        else if (scored.Verdict.IsLearned) LearnNormal(signal, measurement.OccurredAt.Ticks, scored.Verdict);
    }

    /// <summary>Takes in a label: moves the measurement into or out of what is being learned; what was learned stays.</summary>
    public void ApplyLabel(in ScoredEvent labelled, bool isFault, bool? previous, long seq)
    {
        var measurement = (IotMeasurement)labelled.Event;
        DeviceState device = state.Change(measurement.DeviceId, labelled.Lane, seq);
        Verdict verdict = labelled.Verdict;
        if (verdict.IsLate || double.IsNaN(verdict.LearnedValue) || device.FindSignal(measurement.Signal) is not { Learning: { } learning } signal) return;
        bool wasNormal = previous is null ? verdict.IsLearned : !previous.Value;
        if (wasNormal == !isFault) return;
        if (isFault) learning.Remove(measurement.OccurredAt.Ticks, verdict.LearnedValue, verdict.Embedding, verdict.LearnedDistance);
        else LearnNormal(signal, measurement.OccurredAt.Ticks, verdict);
    }

    private static void LearnNormal(SignalState signal, long ticks, Verdict verdict)
    {
        if (signal.Learning is not { } learning) return;
        if (learning.Add(ticks, verdict.LearnedValue, verdict.Embedding, verdict.LearnedDistance)) signal.Features = default;
        signal.Baseline = learning.Baseline;
        if (learning.Profile is null) return;
        signal.Profile = learning.Profile;
        signal.Learning = null;
    }

    private void LearnJoint(DeviceState device, SignalState signal)
    {
        if (device.Joint is not { } joint || signal.JointPosition < 0 || double.IsNaN(reading.Value)) return;
        if (reading.IsClockSetBack) joint.Restart();
        joint.Learn(reading, signal.JointPosition);
    }

    private void LearnEpisodes(DeviceState device, SignalState signal)
    {
        if (!reading.HasFinding) return;
        long ticks = reading.Event!.OccurredAt.Ticks;
        double interval = reading.UsualInterval;
        for (IotFinding finding = IotFinding.TimeSeries; finding <= IotFinding.Joint; finding++)
        {
            if (!reading.IsFound(finding)) continue;
            EpisodeSet episodes = finding == IotFinding.Joint ? device.Episodes : signal.Episodes;
            episodes.Add(finding, ticks, interval, options.RepetitionOf(finding));
        }
    }

    /// <summary>The outlook changes when an hour is over, and is told with the measurements that follow.</summary>
    private void LearnTrend(IotMeasurement measurement, SignalState signal)
    {
        if (reading.IsToTell(IotFinding.Drift)) signal.ToldStatus = signal.Outlook.Status;
        if (double.IsNaN(reading.Distance) || signal.Profile is not { } profile) return;
        if (!signal.Trend.Add(measurement.OccurredAt, reading.Distance, options.Outlook)) return;
        signal.Outlook = state.Estimator.Estimate(signal.Trend, profile.Warning, profile.Critical);
    }

    /// <summary>What stays in another unit for long is learned anew in it.</summary>
    private void LearnForeign(IotMeasurement measurement, SignalState signal)
    {
        if (++signal.ForeignMeasurements >= options.UnitChange.PatienceMeasurements) signal.Restart(measurement.Unit);
    }

    private void LearnWindows(IotMeasurement measurement, DeviceState device)
    {
        var context = new IotContext { Event = measurement, Options = options };
        WindowEvents? events = device.Windows;
        state.Windows.Learn(in context, measurement.OccurredAt.Ticks, ref events);
        device.Windows = events;
    }
}
