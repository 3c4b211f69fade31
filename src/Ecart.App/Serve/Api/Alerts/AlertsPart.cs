using Ecart.App.Alerts;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Pages.Alerts;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>The work on alerts within the service: API, stream, pages, and the decisions that become labels. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="domain">The domain that this process serves.</param>
internal sealed class AlertsPart(string connectionString, string domain) : IAsyncDisposable
{
    /// <summary>Decisions that others made are looked for so often; what this process's people decide is entered at once.</summary>
    private static readonly TimeSpan DecisionInterval = TimeSpan.FromSeconds(2);
    private readonly LiveHub hub = new(connectionString);

    /// <summary>The decisions on alerts, as a source of labels.</summary>
    public DecidedAlertSource Decided { get; } = new(connectionString, domain, DecisionInterval);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder application, AccessGate gate)
    {
        var actions = new AlertActions(connectionString, Decided);
        new AlertEndpoints(connectionString, actions).Map(application);
        new LiveEndpoint(hub, gate).Map(application);
        new AlertPages(connectionString, actions).Map(application);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync().ConfigureAwait(false);
        Decided.Dispose();
    }
}
