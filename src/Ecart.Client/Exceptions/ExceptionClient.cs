using System.Globalization;

namespace Ecart.Client.Exceptions;

/// <summary>Exceptions: what is not to raise alerts. Thread-safe.</summary>
public sealed class ExceptionClient
{
    private const string Path = "v1/exceptions";
    private readonly Transport transport;

    internal ExceptionClient(Transport transport) => this.transport = transport;

    /// <summary>Exceptions, the newest first, read in parts as they are enumerated.</summary>
    public IAsyncEnumerable<ExceptionItem> ListAsync(ExceptionFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ExceptionFilter wanted = filter ?? new ExceptionFilter();
        return transport.ListAsync<ExceptionItem>(
            new QueryText(Path).Add("domain", wanted.Domain).Add("state", wanted.State).Add("entity_id", wanted.EntityId).Add("text", wanted.Text).Add("limit", "200").ToString(), cancellationToken);
    }

    /// <summary>One of them.</summary>
    public Task<ExceptionItem> GetAsync(long id, CancellationToken cancellationToken = default) => transport.GetAsync<ExceptionItem>(PathOf(id), cancellationToken);

    /// <summary>The events that one silenced, the newest first.</summary>
    public IAsyncEnumerable<SilencedEvent> ReadEventsAsync(long id, CancellationToken cancellationToken = default) =>
        transport.ListAsync<SilencedEvent>(PathOf(id) + "/events", cancellationToken);

    /// <summary>What one would have silenced in 30 days; nothing is changed.</summary>
    public Task<ExceptionPreview> PreviewAsync(ExceptionRequest request, CancellationToken cancellationToken = default) =>
        transport.SendAsync<ExceptionPreview>(HttpMethod.Post, Path + "/preview", request, isRepeatable: true, cancellationToken);

    /// <summary>Makes one, once however often it has to be sent.</summary>
    public Task<ExceptionItem> AddAsync(ExceptionRequest request, CancellationToken cancellationToken = default) =>
        transport.ChangeAsync<ExceptionItem>(HttpMethod.Post, Path, request, cancellationToken);

    /// <summary>Takes one back.</summary>
    public Task<ExceptionItem> RevokeAsync(long id, string reason, CancellationToken cancellationToken = default) =>
        transport.ChangeAsync<ExceptionItem>(HttpMethod.Post, PathOf(id) + "/revoke", new { Reason = reason }, cancellationToken);

    private static string PathOf(long id) => $"{Path}/{id.ToString(CultureInfo.InvariantCulture)}";
}
