using System.Diagnostics.Metrics;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;

namespace Ecart.Streaming.Live;

/// <summary>What a pipeline has done and has to do, for whoever listens to the meter.</summary>
internal sealed class LiveMeter : IDisposable
{
    private static readonly Severity[] Severities = [Severity.Low, Severity.Medium, Severity.High, Severity.Critical];
    private readonly Meter meter = new(PipelineTelemetry.Name);

    public LiveMeter(LivePipeline pipeline)
    {
        PipelineCounters counters = pipeline.Counters;
        meter.CreateObservableCounter("ecart.events", () => counters.Committed, "{event}", "Events scored and durable.");
        meter.CreateObservableCounter("ecart.duplicates", () => counters.Duplicates, "{event}", "Events and labels known before.");
        meter.CreateObservableCounter("ecart.rejected", () => counters.Rejected, "{record}", "Records that went to the rejected table.");
        meter.CreateObservableCounter("ecart.late", () => counters.Late, "{event}", "Events too late to be scored.");
        meter.CreateObservableCounter("ecart.labels", () => counters.Labels, "{label}", "Labels applied.");
        meter.CreateObservableCounter("ecart.flagged", () => counters.Flagged, "{event}", "Events flagged.");
        meter.CreateObservableCounter("ecart.suppressed", () => counters.Suppressed, "{event}", "Flagged events that an exception silenced.");
        meter.CreateObservableCounter("ecart.alerts", () => Alerts(counters), "{alert}", "Alerts raised, by severity.");
        meter.CreateObservableCounter("ecart.score", () => counters.ScoreSum, null, "Sum of the scores of the events that were scored.");
        meter.CreateObservableCounter("ecart.evidence", () => Evidence(counters), "{finding}", "Pieces of evidence that detectors found, by code.");
        meter.CreateObservableGauge("ecart.newest_event.timestamp", () => NewestEvent(counters), "s", "Event time of the newest durable event, in Unix seconds.");
        meter.CreateObservableGauge("ecart.entities.resident", () => counters.ResidentEntities, "{entity}", "Entities whose state is in memory.");
        meter.CreateObservableCounter("ecart.entities.hits", () => counters.EntityHits, "{entity}", "Times that an event or label found its entity in memory.");
        meter.CreateObservableCounter("ecart.entities.misses", () => counters.EntityMisses, "{entity}", "Entities that the store was asked for; new ones too.");
        meter.CreateObservableCounter("ecart.entities.evictions", () => counters.EntityEvictions, "{entity}", "Entities dropped from memory.");
        meter.CreateObservableGauge("ecart.waiting", () => pipeline.Waiting, "{item}", "Items that wait to become part of a batch.");
        meter.CreateObservableGauge("ecart.lanes.owned", () => pipeline.LanesOwned, "{lane}", "Lanes that this process owns.");
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<double>> NewestEvent(PipelineCounters counters) =>
        counters.NewestEvent is { } newest ? [new Measurement<double>((newest - DateTime.UnixEpoch).TotalSeconds)] : [];

    private static IEnumerable<Measurement<long>> Evidence(PipelineCounters counters) =>
        counters.Evidence.Select(found => new Measurement<long>(found.Value, new KeyValuePair<string, object?>("code", found.Key)));

    private static IEnumerable<Measurement<long>> Alerts(PipelineCounters counters) => Severities.Select(severity =>
        new Measurement<long>(counters.Alerts(severity), new KeyValuePair<string, object?>("severity", severity.ToString().ToLowerInvariant())));
}
