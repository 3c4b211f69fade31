using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Iot.Detectors;

/// <summary>What is wrong with the sensor or its connection rather than with the device: stuck, in another unit, silent, or with a wrong clock.</summary>
internal sealed class SensorFaultDetector : IEventDetector<IotContext>
{
    /// <inheritdoc/>
    public void Evaluate(in IotContext context, Verdict verdict)
    {
        if (context.Reading is not { HasFinding: true } reading) return;
        string signal = context.Event.Signal;
        IotOptions options = context.Options;
        if (reading.IsToTell(IotFinding.Stuck))
            verdict.Add(new(EvidenceCode.StuckSensor, options.StuckSensor.Contribution, reading.Unchanged, double.NaN, double.NaN, reading.Value, signal));
        if (reading.IsToTell(IotFinding.Unit))
        {
            double expected = reading.Signal?.Baseline?.Centre ?? double.NaN;
            verdict.Add(new(EvidenceCode.UnitChange, options.UnitChange.Contribution, context.Event.Value, expected, double.NaN, double.NaN, reading.ForeignUnit));
        }

        if (reading.IsToTell(IotFinding.Gap))
        {
            double seconds = reading.Intervals * reading.UsualInterval / TimeSpan.TicksPerSecond;
            double usual = reading.UsualInterval / TimeSpan.TicksPerSecond;
            verdict.Add(new(EvidenceCode.Gap, options.Gap.Contribution, seconds, usual, options.Gap.Intervals * usual, reading.Intervals, signal));
        }

        if (!reading.IsToTell(IotFinding.Clock)) return;
        double hours = (reading.Signal!.NewestTicks - context.Event.OccurredAt.Ticks) / (double)TimeSpan.TicksPerHour;
        verdict.Add(new(EvidenceCode.ClockJump, options.ClockJump.Contribution, hours, double.NaN, double.NaN, double.NaN, signal));
    }
}
