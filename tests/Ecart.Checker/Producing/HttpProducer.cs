using System.Net;
using System.Text;

namespace Ecart.Checker.Producing;

/// <summary>
/// Posts batches of events and posts each again until the service has answered that it is durable: after a lost connection, a 429 or a 503 nobody knows
/// whether it is.
/// </summary>
internal sealed class HttpProducer(Uri address, TimeProvider timeProvider) : IProducer
{
    private const int EventsOfARequest = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient client = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };

    public async Task ProduceAsync(IReadOnlyList<ProducedItem> items, CancellationToken cancellationToken)
    {
        foreach (ProducedItem[] some in items.Chunk(EventsOfARequest))
        {
            string body = "[" + string.Join(',', some.Select(WireText.Write)) + "]";
            while (!await TryPostAsync(body, cancellationToken)) await Task.Delay(Pause, timeProvider, cancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> TryPostAsync(string body, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.PostAsync(new Uri("/v1/events", UriKind.Relative), content, cancellationToken);
            if (answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.Accepted) return true;
            if (answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError) return false;
            throw new InvalidOperationException(
                $"POST /v1/events answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
