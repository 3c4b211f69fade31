using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Ecart.Client.Alerts;
using Ecart.Client.Exceptions;

namespace Ecart.Client;

/// <summary>
/// Client of the HTTP interface. Every method throws <see cref="EcartProblemException"/> for a failure that the service tells, and
/// <see cref="HttpRequestException"/> when it is not reached. Thread-safe.
/// </summary>
public sealed class EcartClient : IDisposable
{
    private const string EventsPath = "v1/events";
    private const string LabelsPath = "v1/labels";
    private readonly HttpClient http;
    private readonly bool isOwner;
    private readonly Transport transport;

    /// <summary>Makes a client of a service.</summary>
    /// <param name="address">Where it listens: <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="key">The key of the program, <c>ecart_...</c>; null for none.</param>
    /// <param name="options">How to behave; null for the defaults.</param>
    public EcartClient(Uri address, string? key = null, EcartClientOptions? options = null)
        : this(Make(address, key), options)
    {
        isOwner = true;
    }

    /// <summary>Makes a client that sends by an <see cref="HttpClient"/> with a base address, which the caller disposes of.</summary>
    public EcartClient(HttpClient http, EcartClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        this.http = http;
        transport = new Transport(http, options ?? new EcartClientOptions());
        Alerts = new AlertClient(transport);
        Exceptions = new ExceptionClient(transport);
    }

    /// <summary>The work on alerts.</summary>
    public AlertClient Alerts { get; }

    /// <summary>Exceptions: what is not to raise alerts.</summary>
    public ExceptionClient Exceptions { get; }

    /// <summary>Has an event scored and stored, and answers once that is durable.</summary>
    /// <param name="posted">The event. The same again answers its first verdict.</param>
    /// <param name="budget">Within which a decision is due, 1 ms to 60 s; null for the service's default.</param>
    /// <param name="cancellationToken">Gives up waiting; the event may be stored all the same.</param>
    public Task<EventAnswer> PostEventAsync(EventRequest posted, TimeSpan? budget = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync<EventAnswer>(HttpMethod.Post, WithBudget(budget), posted, isRepeatable: true, cancellationToken);

    /// <summary>Has several events scored and stored. What comes after an item with status 429 was not taken either: send the rest again, in order.</summary>
    /// <returns>One result an event, in their order.</returns>
    public Task<IReadOnlyList<ItemResult<EventAnswer>>> PostEventsAsync(
        IReadOnlyCollection<EventRequest> posted, TimeSpan? budget = null, CancellationToken cancellationToken = default) =>
        PostAsync<EventRequest, EventAnswer>(WithBudget(budget), posted, cancellationToken);

    /// <summary>Stores what became known about an event.</summary>
    public Task<LabelAnswer> PostLabelAsync(LabelRequest label, CancellationToken cancellationToken = default) =>
        transport.SendAsync<LabelAnswer>(HttpMethod.Post, LabelsPath, label, isRepeatable: true, cancellationToken);

    /// <summary>Stores what became known about several events.</summary>
    /// <returns>One result a label, in their order.</returns>
    public Task<IReadOnlyList<ItemResult<LabelAnswer>>> PostLabelsAsync(IReadOnlyCollection<LabelRequest> labels, CancellationToken cancellationToken = default) =>
        PostAsync<LabelRequest, LabelAnswer>(LabelsPath, labels, cancellationToken);

    /// <summary>Who asks, and their role.</summary>
    public Task<Caller> GetMeAsync(CancellationToken cancellationToken = default) => transport.GetAsync<Caller>("v1/me", cancellationToken);

    /// <summary>The audit log, the newest row first, read in parts as it is enumerated. Needs the role <c>admin</c>.</summary>
    public IAsyncEnumerable<AuditEntry> ReadAuditAsync(CancellationToken cancellationToken = default) => transport.ListAsync<AuditEntry>("v1/audit", cancellationToken);

    /// <summary>Reads what has no method of its own here: entities, metrics, calibration. <c>/v1/openapi.json</c> tells what there is.</summary>
    /// <param name="path">Path and query, below the address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<JsonElement> GetJsonAsync(string path, CancellationToken cancellationToken = default) => transport.GetAsync<JsonElement>(path, cancellationToken);

    /// <summary>Posts to what has no method of its own here, under a key, so that it is done once however often it has to be sent.</summary>
    /// <param name="path">Path and query, below the address.</param>
    /// <param name="body">What becomes the JSON of the body, with names in snake_case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<JsonElement> PostJsonAsync(string path, object body, CancellationToken cancellationToken = default) =>
        transport.ChangeAsync<JsonElement>(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>Follows a path on which the service tells of things as they happen, until it is cancelled or the service ends it.</summary>
    /// <param name="path">The path, below the address.</param>
    /// <param name="after">The <see cref="ServerEvent.Id"/> of the last one that was seen; null for what comes from now on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<ServerEvent> FollowAsync(string path, string? after = null, CancellationToken cancellationToken = default) =>
        transport.FollowAsync(path, after, cancellationToken);

    /// <summary>Ends the connections, unless the <see cref="HttpClient"/> is the caller's.</summary>
    public void Dispose()
    {
        if (isOwner) http.Dispose();
    }

    private static HttpClient Make(Uri address, string? key)
    {
        ArgumentNullException.ThrowIfNull(address);
        var http = new HttpClient { BaseAddress = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/"), Timeout = TimeSpan.FromMinutes(2) };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static string WithBudget(TimeSpan? budget) =>
        budget is { } limit ? $"{EventsPath}?budget_ms={Math.Ceiling(limit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)}" : EventsPath;

    private async Task<IReadOnlyList<ItemResult<TAnswer>>> PostAsync<TItem, TAnswer>(string path, IReadOnlyCollection<TItem> items, CancellationToken cancellationToken)
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count == 0) return [];
        JsonElement answer = await transport.SendAsync<JsonElement>(HttpMethod.Post, path, items, isRepeatable: true, cancellationToken).ConfigureAwait(false);
        return [.. answer.GetProperty("results").EnumerateArray().Select(ReadResult<TAnswer>)];
    }

    private static ItemResult<TAnswer> ReadResult<TAnswer>(JsonElement item)
        where TAnswer : class
    {
        int status = item.GetProperty("status").GetInt32();
        return status < 300
            ? new ItemResult<TAnswer>(status, item.Deserialize<TAnswer>(WireJson.Options), null)
            : new ItemResult<TAnswer>(status, null, item.Deserialize<Problem>(WireJson.Options));
    }
}
