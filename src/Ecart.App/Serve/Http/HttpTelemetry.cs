using System.Diagnostics.Metrics;
using Ecart.Streaming.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ecart.App.Serve.Http;

/// <summary>Metrics and traces of the process: for Prometheus always, by OTLP where the standard OTEL_ variables name an endpoint.</summary>
internal static class HttpTelemetry
{
    private const string RequestSource = "Microsoft.AspNetCore";
    private const string HostingMeter = "Microsoft.AspNetCore.Hosting";
    private const string RuntimeMeter = "System.Runtime";

    /// <summary>Adds the listeners.</summary>
    public static void Add(IServiceCollection services)
    {
        bool isExported = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("ecart"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(PipelineTelemetry.Name, HostingMeter, RuntimeMeter).AddPrometheusExporter();
                if (isExported) metrics.AddOtlpExporter();
            });

        // Spans cost something even when they go nowhere.
        if (isExported) services.AddOpenTelemetry().WithTracing(traces => traces.AddSource(PipelineTelemetry.Name, RequestSource).AddOtlpExporter());
    }

    /// <summary>Tells what runs here, whether its store answers, and what that holds for others to do.</summary>
    /// <param name="store">The store, as far as is known.</param>
    /// <param name="domain">The domain that is served.</param>
    public static Meter Observe(StoreState store, string domain)
    {
        var meter = new Meter(PipelineTelemetry.Name);
        meter.CreateObservableGauge("ecart.outbox.pending", () => store.PendingAlerts, "{message}", "Alerts that wait to be sent.");
        meter.CreateObservableGauge(
            "ecart.memory.live", LiveBytes, "By", "Managed memory that the last full collection left: what rises here for hours is kept by something.");
        meter.CreateObservableCounter("ecart.store.failures", () => store.Failures, "{failure}", "Attempts on the store that failed and are made again.");
        meter.CreateObservableGauge("ecart.info", () => About(domain), null, "1, with what is served by which version in its labels.");
        meter.CreateObservableGauge("ecart.store.available", () => store.IsAway ? 0 : 1, null, "1 while the store answers.");
        return meter;
    }

    private static Measurement<int> About(string domain) => new(
        1,
        new KeyValuePair<string, object?>("domain", domain),
        new KeyValuePair<string, object?>("version", typeof(HttpTelemetry).Assembly.GetName().Version?.ToString(3)));

    /// <summary>Gaps between objects are used again, and what a full collection has not looked at yet may be garbage.</summary>
    private static long LiveBytes()
    {
        GCMemoryInfo background = GC.GetGCMemoryInfo(GCKind.Background);
        GCMemoryInfo blocking = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        GCMemoryInfo newest = blocking.Index > background.Index ? blocking : background;
        return newest.HeapSizeBytes - newest.FragmentedBytes;
    }
}
