using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ecart.Streaming.Pipeline;

/// <summary>Durations of the stages of an event's way, sizes of batches, and a span for each. Costs nothing while nobody listens. Thread-safe.</summary>
public static class PipelineTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Ecart";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Stages = Meter.CreateHistogram(
        "ecart.stage.duration",
        "s",
        "Time that a stage takes: look_up, score and commit of a batch, request of a caller.",
        null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        });

    private static readonly Histogram<long> Sizes = Meter.CreateHistogram(
        "ecart.batch.size",
        "{item}",
        "Items of a batch.",
        null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] });

    /// <summary>Begins a stage; it ends when the result is disposed.</summary>
    /// <param name="stage">Lower-case name, one of a few.</param>
    /// <returns>Null while nobody listens.</returns>
    public static StageMeasurement? Begin(string stage) =>
        Stages.Enabled || Source.HasListeners() ? new StageMeasurement(stage, Source.StartActivity(stage)) : null;

    internal static void RecordBatch(int items) => Sizes.Record(items);

    internal static void End(string stage, TimeSpan duration) =>
        Stages.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    /// <summary>Measures a stage that goes on beside others: from now to the end of its task.</summary>
    internal static Task<TResult> MeasureAsync<TResult>(string stage, Task<TResult> running) =>
        Begin(stage) is { } measurement ? MeasureAsync(measurement, running) : running;

    private static async Task<TResult> MeasureAsync<TResult>(StageMeasurement measurement, Task<TResult> running)
    {
        using (measurement) return await running.ConfigureAwait(false);
    }
}
