using System.Diagnostics.Metrics;
using Ecart.App.Commands;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Alerts;
using Ecart.App.Serve.Api.Description;
using Ecart.App.Serve.Api.Idempotency;
using Ecart.App.Serve.Api.Entities;
using Ecart.App.Serve.Api.Exceptions;
using Ecart.App.Serve.Api.Calibration;
using Ecart.App.Serve.Api.Metrics;
using Ecart.App.Serve.Http;
using Ecart.App.Serve.Listening;
using Ecart.App.Serve.Pages;
using Ecart.App.Serve.Pages.Calibration;
using Ecart.App.Store;
using Ecart.Events.Decoding;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Requests;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecart.App.Serve;

/// <summary>The HTTP interface of the service.</summary>
internal sealed class HttpInterface : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly HttpSource source;
    private readonly Meter meter;
    private readonly AccessEndpoints access;
    private readonly AlertsPart alerts;
    private readonly MetricsEndpoints metrics;

    private HttpInterface(WebApplication application, HttpSource source, Meter meter, AccessEndpoints access, AlertsPart alerts, MetricsEndpoints metrics)
    {
        this.application = application;
        this.source = source;
        this.meter = meter;
        this.access = access;
        this.alerts = alerts;
        this.metrics = metrics;
    }

    /// <summary>Where it listens.</summary>
    public string Address => application.Urls.First();

    /// <summary>Every endpoint, for the test that knows who may use which.</summary>
    public IReadOnlyList<Endpoint> Endpoints => application.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>The events and labels that are posted.</summary>
    public ILiveSource Source => source;

    /// <summary>What people decide about alerts, as labels.</summary>
    public ILiveSource Decisions => alerts.Decided;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="CommandException">The address cannot be listened on.</exception>
    public static async Task<HttpInterface> StartAsync(
        ServeOptions serve,
        LivePipeline pipeline,
        OpenStore store,
        StoreState state,
        Func<IRecordDecoder> makeDecoder,
        CancellationToken cancellationToken)
    {
        HttpOptions options = serve.Http;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        KestrelSetUp.Listen(builder.WebHost, options);
        HttpTelemetry.Add(builder.Services);
        builder.Services.AddRazorComponents();
        WebApplication application = builder.Build();
        var http = new HttpInterface(
            application, new HttpSource(), HttpTelemetry.Observe(state), new AccessEndpoints(store.ConnectionString, options),
            new AlertsPart(store.ConnectionString, store.Domain.Name), new MetricsEndpoints(store.ConnectionString, store.Domain.Name));
        http.Map(serve, pipeline, store, state, makeDecoder);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            await http.DisposeAsync().ConfigureAwait(false);
            throw new CommandException($"http.listen {options.Listen} cannot be used: {error.Message} Choose another address or end what listens there.");
        }

        return http;
    }

    /// <summary>Answers the requests in flight, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync().ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
        meter.Dispose();
        access.Dispose();
        await alerts.DisposeAsync().ConfigureAwait(false);
        metrics.Dispose();
    }

    private void Map(ServeOptions serve, LivePipeline pipeline, OpenStore store, StoreState state, Func<IRecordDecoder> makeDecoder)
    {
        HttpOptions options = serve.Http;
        var events = new EventsEndpoint(
            source, state, options, new EventReader(store.Domain.Name, makeDecoder), new StoredVerdictReader(store.ConnectionString, store.Domain.MakeTable()));
        var labels = new LabelsEndpoint(source, state, options, new LabelReader(store.Domain.Name, TimeProvider.System));
        var ofPrograms = new AccessRule(AccessRole.Analyst) { IsOpenWithoutRequirement = true };
        KestrelSetUp.Forward(application, options);
        application.UseRouting();
        application.Use(next => context => RequestEdge.HandleAsync(context, next));
        application.Use(next => context => SecurityHeaders.HandleAsync(context, next));
        var gate = new AccessGate(store.ConnectionString, options);
        application.Use(next => context => gate.HandleAsync(context, next));
        var idempotency = new IdempotencyGate(new RequestStore(store.ConnectionString, IdempotencyGate.Hold));
        application.Use(next => context => idempotency.HandleAsync(context, next));
        application.MapPost("/v1/events", (RequestDelegate)events.HandleAsync).Allow(ofPrograms).WithMetadata(RequestEdge.OwnBound).Describe(PostDescriptions.Events);
        application.MapPost("/v1/labels", (RequestDelegate)labels.HandleAsync).Allow(ofPrograms).WithMetadata(RequestEdge.OwnBound).Describe(PostDescriptions.Labels);
        OpenApiEndpoint.Map(application);
        access.Map(application);
        alerts.Map(application, gate);
        PageAssets.Map(application);
        new ExceptionEndpoints(store.ConnectionString, serve.Console).Map(application);
        new EntityEndpoints(store.ConnectionString).Map(application);
        new CalibrationEndpoints(store.ConnectionString, store.Domain.Name).Map(application);
        new CalibrationPages(store.ConnectionString, store.Domain.Name).Map(application);
        metrics.Map(application);
        application.MapGet("/health/live", () => Results.Text("live")).Allow(AccessRule.Open);
        application.MapGet("/health/ready", () => pipeline.IsReady && source.IsOpen && !state.IsAway
            ? Results.Text(pipeline.Cluster is null ? "ready" : $"ready: owns {pipeline.LanesOwned} of {LaneMap.Count} lanes")
            : Results.Text("not ready: the state is being restored or the store is away", statusCode: StatusCodes.Status503ServiceUnavailable)).Allow(AccessRule.Open);
        application.MapPrometheusScrapingEndpoint().Allow(AccessRule.Open);
    }
}
