using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Ecart.Client;

/// <summary>Sends requests, again when that is safe, and reads answers. Thread-safe.</summary>
internal sealed class Transport(HttpClient http, EcartClientOptions options)
{
    private const string KeyHeader = "Idempotency-Key";
    private const string StreamType = "text/event-stream";

    /// <summary>Reads something.</summary>
    public Task<TAnswer> GetAsync<TAnswer>(string path, CancellationToken cancellationToken) =>
        SendAsync<TAnswer>(HttpMethod.Get, path, null, isRepeatable: true, cancellationToken);

    /// <summary>Changes something: under a key of its own, so that the service does it once however often it is sent.</summary>
    public Task<TAnswer> ChangeAsync<TAnswer>(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<TAnswer>(method, path, body, isRepeatable: true, cancellationToken, Guid.NewGuid().ToString("N"));

    /// <summary>Sends a request and reads its answer.</summary>
    /// <exception cref="EcartProblemException">The service refuses it.</exception>
    public async Task<TAnswer> SendAsync<TAnswer>(
        HttpMethod method, string path, object? body, bool isRepeatable, CancellationToken cancellationToken, string? idempotencyKey = null)
    {
        using HttpResponseMessage response = await SendAsync(
            () => Make(method, path, body, idempotencyKey), isRepeatable, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<TAnswer>(WireJson.Options, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Everything of a list, read a part at a time.</summary>
    public async IAsyncEnumerable<TItem> ListAsync<TItem>(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            string at = next is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(next)}";
            Page<TItem> page = await GetAsync<Page<TItem>>(at, cancellationToken).ConfigureAwait(false);
            foreach (TItem item in page.Items) yield return item;
            next = page.Next;
        }
        while (next is not null);
    }

    /// <summary>What the service tells of as it happens.</summary>
    public async IAsyncEnumerable<ServerEvent> FollowAsync(string path, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(
            () =>
            {
                HttpRequestMessage request = Make(HttpMethod.Get, path, null, null);
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(StreamType));
                if (after is not null) request.Headers.Add("Last-Event-ID", after);
                return request;
            },
            isRepeatable: true,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken).ConfigureAwait(false);
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await foreach (SseItem<JsonElement> item in SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize<JsonElement>(data)).EnumerateAsync(cancellationToken).ConfigureAwait(false))
            yield return new ServerEvent(item.EventType, item.EventId, item.Data);
    }

    private static HttpRequestMessage Make(HttpMethod method, string path, object? body, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: WireJson.Options);
        if (idempotencyKey is not null) request.Headers.Add(KeyHeader, idempotencyKey);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, bool isRepeatable, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            bool isLast = !isRepeatable || attempt >= options.Retries;
            TimeSpan pause = options.FirstPause * (1 << Math.Min(attempt, 16));
            try
            {
                using HttpRequestMessage request = make();
                HttpResponseMessage response = await http.SendAsync(request, completion, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode) return response;
                using (response)
                {
                    EcartProblemException problem = await ReadProblemAsync(response, cancellationToken).ConfigureAwait(false);
                    if (isLast || !IsPassing(problem) || problem.RetryAfter > options.LongestPause) throw problem;
                    pause = problem.RetryAfter ?? pause;
                }
            }
            catch (HttpRequestException) when (!isLast)
            {
                // Not reached: it may be starting.
            }

            await Task.Delay(pause < options.LongestPause ? pause : options.LongestPause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the service says will pass: it names a time, or is away.</summary>
    private static bool IsPassing(EcartProblemException problem) =>
        problem.RetryAfter is not null || problem.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;

    private static async Task<EcartProblemException> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        TimeSpan? retryAfter = response.Headers.RetryAfter?.Delta;
        string text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        Problem? problem = null;
        try
        {
            if (response.Content.Headers.ContentType?.MediaType == "application/problem+json") problem = JsonSerializer.Deserialize<Problem>(text, WireJson.Options);
        }
        catch (JsonException)
        {
            // Something between here and the service has answered.
        }

        int status = (int)response.StatusCode;
        problem ??= new Problem { Status = status, Type = "about:blank", Title = response.ReasonPhrase ?? "It failed", Detail = $"The service, or something before it, answered {status}." };
        return new EcartProblemException(problem, retryAfter);
    }
}
