using Ecart.Detection;
using Ecart.Detection.Process;
using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Domains.Iot.Outlook;
using Ecart.Domains.Iot.Signals;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Iot;

/// <summary>Gathers what is known when a measurement is scored. Changes no state.</summary>
internal sealed class IotContextBuilder(IotOptions options, IotState state)
{
    private readonly RuleSet<IotContext> rules = new(options.Rules, IotRuleFields.All, "rules");
    private readonly IotStreamDetectorOptions? series = options.FindStreamDetector(TimeSeriesDetector.Kind);
    private readonly IotStreamDetectorOptions? monitor = options.FindStreamDetector(ProcessMonitor.KindName);
    private readonly long latenessTicks = options.AllowedLatenessMinutes * TimeSpan.TicksPerMinute;

    /// <summary>What was found of the event built last.</summary>
    public SignalReading Reading { get; } = new();

    /// <summary>Builds the context and writes the event's embedding.</summary>
    /// <param name="measurement">The event.</param>
    /// <param name="device">Its device; null for a new one.</param>
    /// <param name="patterns">Patterns in force.</param>
    /// <param name="verdict">Receives the embedding.</param>
    /// <param name="isLate">Whether it is too old to be scored.</param>
    public IotContext Build(IotMeasurement measurement, DeviceState? device, ReferencePatterns patterns, Verdict verdict, out bool isLate)
    {
        if (!(Math.Abs(measurement.Value) <= IotMeasurement.MaximumMagnitude))
        {
            throw new ArgumentException(
                $"Event '{measurement.EventUid}' has the value {measurement.Value}: it must be finite and at most {IotMeasurement.MaximumMagnitude} in magnitude.",
                nameof(measurement));
        }

        Reading.Clear(measurement, device);
        isLate = IsLate(measurement.OccurredAt.Ticks);
        if (!isLate) Look();
        IotEmbedder.Embed(Reading, options.Windows, verdict.Embedding);
        var context = new IotContext
        {
            Event = measurement,
            Options = options,
            Rules = rules,
            Patterns = patterns,
            Embedding = verdict.Embedding,
            Series = series,
            Monitor = monitor,
            Reading = Reading,
        };
        if (isLate) return context;
        if (Reading.Profile is { } profile && !double.IsNaN(Reading.Residual)) Reading.Distance = VectorMath.Distance(verdict.Embedding, profile.Centroid);
        context.Windows = state.Windows.Measure(in context, measurement.OccurredAt.Ticks, device?.Windows);
        Find();
        return context;
    }

    /// <summary>A clock that is set back to where it was before it jumped makes no measurement late.</summary>
    private bool IsLate(long ticks)
    {
        if (Reading.Signal is not { } signal || ticks >= signal.NewestTicks - latenessTicks) return false;
        Reading.IsClockSetBack = signal.BeforeJumpTicks > 0 && ticks >= signal.BeforeJumpTicks - latenessTicks;
        return !Reading.IsClockSetBack;
    }

    private void Look()
    {
        SignalStep.Look(Reading, options);
        if (Reading.Signal is not { } signal || double.IsNaN(Reading.Value)) return;
        if (signal.Series is { HasOpinion: true } known) Reading.Series = known.Score(Reading.Event!.OccurredAt, Reading.Value);
        // Rows of before a clock was set back are not those of now.
        if (signal.JointPosition >= 0 && !Reading.IsClockSetBack) Reading.Device!.Joint?.Look(Reading, signal.JointPosition);
    }

    private void Find()
    {
        SignalState? signal = Reading.Signal;
        if (Reading.IsClockSetBack) Find(IotFinding.Clock);
        if (Reading.ForeignUnit is not null) Find(IotFinding.Unit);
        if (signal is null) return;
        bool isGap = Reading.Intervals > options.Gap.Intervals
            && signal.Intervals.DeviationsOf(Reading.Event!.OccurredAt.Ticks - signal.NewestTicks) > options.Gap.Deviations;
        if (isGap) Find(IotFinding.Gap);
        if (signal.Run.IsImplausible(Reading.Unchanged, options.StuckSensor)) Find(IotFinding.Stuck);
        if (series is not null && Reading.Series >= 1 - Math.Pow(10, -series.Decades)) Find(IotFinding.TimeSeries);
        if (Reading.Distance > signal.Profile?.Remarkable) Find(IotFinding.Distance);
        if (signal.Outlook.Status > DeviceStatus.Normal)
        {
            Find(IotFinding.Drift);
            if (signal.Outlook.Status > signal.ToldStatus) Reading.Tell(IotFinding.Drift);
        }

        if (Reading.IsJointAlarm) Reading.Find(IotFinding.Joint, Reading.Device!.Episodes, options.RepetitionOf(IotFinding.Joint));
    }

    private void Find(IotFinding finding) => Reading.Find(finding, Reading.Signal?.Episodes, options.RepetitionOf(finding));
}
