using System.Diagnostics.Metrics;
using Ecart.MariaDb.Delivery;
using Ecart.Streaming.Pipeline;

namespace Ecart.Streaming.Delivery;

/// <summary>What the dispatcher of a process does, and how the routes stand in the store, for whoever listens to the meter. Thread-safe.</summary>
internal sealed class DeliveryTelemetry : IDisposable
{
    private readonly Meter meter = new(PipelineTelemetry.Name);
    private readonly Counter<long> attempts;
    private readonly Histogram<double> durations;
    private volatile IReadOnlyList<RouteStanding> standing = [];

    public DeliveryTelemetry(IReadOnlyList<RouteWorker> workers)
    {
        attempts = meter.CreateCounter<long>("ecart.delivery.attempts", "{attempt}", "Messages about alerts that were sent, by route and what became of them.");
        durations = meter.CreateHistogram(
            "ecart.delivery.duration",
            "s",
            "Time until a target answers.",
            null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
        meter.CreateObservableGauge("ecart.delivery.pending", () => Each(route => route.Pending), "{message}", "Messages that wait or are being sent.");
        meter.CreateObservableGauge("ecart.delivery.failed", () => Each(route => route.Failed), "{message}", "Messages that were given up.");
        meter.CreateObservableGauge("ecart.delivery.held_back", () => Each(route => route.HeldBack), "{message}", "Messages that wait for the rate limit.");
        meter.CreateObservableGauge(
            "ecart.delivery.oldest_pending",
            () => standing.Select(route => new Measurement<double>(route.OldestPending.TotalSeconds, Tag(route.Route))),
            "s",
            "Age of the oldest message that waits.");
        meter.CreateObservableGauge(
            "ecart.delivery.breaker.open",
            () => workers.Select(worker => new Measurement<int>(worker.IsBreakerOpen ? 1 : 0, Tag(worker.Route))),
            null,
            "1 while a target that failed is left alone.");
    }

    /// <summary>How the routes stand, when last looked.</summary>
    public IReadOnlyList<RouteStanding> Standing
    {
        set => standing = value;
    }

    /// <summary>Notes an attempt.</summary>
    public void Record(string route, string outcome, TimeSpan duration)
    {
        attempts.Add(1, Tag(route), new KeyValuePair<string, object?>("outcome", outcome));
        durations.Record(duration.TotalSeconds, Tag(route));
    }

    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string route) => new("route", route);

    private IEnumerable<Measurement<long>> Each(Func<RouteStanding, long> value) => standing.Select(route => new Measurement<long>(value(route), Tag(route.Route)));
}
