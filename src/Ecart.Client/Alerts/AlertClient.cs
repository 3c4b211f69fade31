using System.Globalization;

namespace Ecart.Client.Alerts;

/// <summary>The work on alerts. Thread-safe.</summary>
public sealed class AlertClient
{
    private const string Path = "v1/alerts";
    private readonly Transport transport;

    internal AlertClient(Transport transport) => this.transport = transport;

    /// <summary>Alerts in an order, read in parts as they are enumerated.</summary>
    public IAsyncEnumerable<Alert> ListAsync(AlertFilter? filter = null, CancellationToken cancellationToken = default) =>
        transport.ListAsync<Alert>((filter ?? new AlertFilter()).ToPath(Path), cancellationToken);

    /// <summary>How many there are in each status.</summary>
    public Task<AlertCounts> CountAsync(CancellationToken cancellationToken = default) => transport.GetAsync<AlertCounts>(Path + "/counts", cancellationToken);

    /// <summary>Everything about one.</summary>
    public Task<AlertDetail> GetAsync(long id, CancellationToken cancellationToken = default) => transport.GetAsync<AlertDetail>(PathOf(id), cancellationToken);

    /// <summary>Who did what to one, the newest first.</summary>
    public IAsyncEnumerable<AlertHistoryEntry> ReadHistoryAsync(long id, CancellationToken cancellationToken = default) =>
        transport.ListAsync<AlertHistoryEntry>(PathOf(id) + "/history", cancellationToken);

    /// <summary>Does something to alerts, once however often it has to be sent.</summary>
    public async Task<IReadOnlyList<AlertActionResult>> DoAsync(AlertAction action, CancellationToken cancellationToken = default) =>
        (await transport.ChangeAsync<AlertActionResults>(HttpMethod.Post, Path + "/actions", action, cancellationToken).ConfigureAwait(false)).Results;

    /// <summary>New alerts and what people do to them, as it happens.</summary>
    /// <param name="after">The <see cref="ServerEvent.Id"/> of the last one that was seen; null for what comes from now on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<ServerEvent> FollowAsync(string? after = null, CancellationToken cancellationToken = default) => transport.FollowAsync("v1/live", after, cancellationToken);

    private static string PathOf(long id) => $"{Path}/{id.ToString(CultureInfo.InvariantCulture)}";
}
