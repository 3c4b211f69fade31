using System.Net;
using System.Text;
using Ecart.Alerting.Messages;

namespace Ecart.Alerting.Targets;

/// <summary>A target that takes JSON by POST. Follows no redirection, which could lead a secret elsewhere.</summary>
public abstract class HttpTarget : IAlertTarget
{
    private const int MostOfAnswer = 300;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);
    private readonly Uri address;
    private readonly TimeSpan timeout;
    private readonly TimeProvider timeProvider;
    private readonly Secrets secrets;
    private readonly HttpClient client;

    private protected HttpTarget(Uri address, TimeSpan timeout, TimeProvider timeProvider, Secrets secrets)
    {
        this.address = address;
        this.timeout = timeout;
        this.timeProvider = timeProvider;
        this.secrets = secrets;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // Addresses of names change.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 64 << 10,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Ecart");
    }

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var patience = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            byte[] body = MakeBody(message);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json", Encoding.UTF8.WebName);
            AddHeaders(request, message, body);
            using HttpResponseMessage response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            return Read(response, await response.Content.ReadAsStringAsync(either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome(DeliveryResult.Failed, $"no answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new DeliveryOutcome(DeliveryResult.Failed, OneLine($"no answer: {error.Message}"));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract byte[] MakeBody(AlertMessage message);

    private protected virtual void AddHeaders(HttpRequestMessage request, AlertMessage message, byte[] body)
    {
    }

    private DeliveryOutcome Read(HttpResponseMessage response, string body)
    {
        string answer = OneLine($"{(int)response.StatusCode} {response.ReasonPhrase}{(body.Length == 0 ? "" : ": " + body)}");
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => new DeliveryOutcome(DeliveryResult.Delivered, answer),
            HttpStatusCode.TooManyRequests => new DeliveryOutcome(DeliveryResult.Throttled, answer, RetryAfter(response)),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => new DeliveryOutcome(DeliveryResult.Failed, answer, RetryAfter(response)),
            _ => new DeliveryOutcome(DeliveryResult.Refused, answer),
        };
    }

    /// <summary>Seconds or a date; what is longer than an hour is taken for an hour.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        TimeSpan? asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - timeProvider.GetUtcNow(),
            _ => null,
        };
        return asked is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestRetryAfter ? LongestRetryAfter : wait;
    }

    private string OneLine(string text) => MessageText.Cut(secrets.Remove(text).ReplaceLineEndings(" ").Trim(), MostOfAnswer);
}
