using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Description;
using Ecart.App.Serve.Http;
using Ecart.MariaDb.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>
/// <c>GET /v1/live</c>: new alerts and what people do to them, as server-sent events. Who comes back with <c>Last-Event-ID</c> hears what was missed; a message may
/// come twice, never not at all. Thread-safe.
/// </summary>
internal sealed class LiveEndpoint(LiveHub hub, AccessGate gate)
{
    private const int RetrySeconds = 5;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private static ProblemAnswer TooMany { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "too_many_listeners", "Too many listen", $"At most {LiveHub.MostListeners} listen to one node: try another, or later.")
    { RetryAfterSeconds = RetrySeconds };

    /// <summary>Adds the endpoint.</summary>
    public void Map(IEndpointRouteBuilder application) => application.MapGet("/v1/live", (RequestDelegate)HandleAsync).Allow(AccessRole.Viewer).Describe(AlertDescriptions.Live);

    private async Task HandleAsync(HttpContext context)
    {
        if (hub.TryListen() is not { } subscription)
        {
            await AnswerWriter.WriteAsync(context.Response, TooMany).ConfigureAwait(false);
            return;
        }

        // A stream has no end of its own: the service would wait for it when it stops.
        CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await StreamAsync(context, subscription, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        finally
        {
            hub.Leave(subscription);
        }
    }

    private async Task StreamAsync(HttpContext context, LiveSubscription subscription, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await WriteAsync(context, $"retry: {RetrySeconds * 1000}\n: begins\n\n", cancellationToken).ConfigureAwait(false);
        string? position = await CatchUpAsync(context, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            Task<bool> waiting = subscription.Messages.WaitToReadAsync(cancellationToken).AsTask();
            while (await Task.WhenAny(waiting, Task.Delay(Heartbeat, cancellationToken)).ConfigureAwait(false) != waiting)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await gate.FindAsync(context.Request, cancellationToken).ConfigureAwait(false) is null)
                {
                    await WriteAsync(context, new LiveMessage("signed_out", "{}", position), cancellationToken).ConfigureAwait(false);
                    return;
                }

                await WriteAsync(context, ": listens\n\n", cancellationToken).ConfigureAwait(false);
            }

            if (!await waiting.ConfigureAwait(false))
            {
                await WriteAsync(context, new LiveMessage("dropped", """{"reason":"too_slow"}""", position), cancellationToken).ConfigureAwait(false);
                return;
            }

            while (subscription.Messages.TryRead(out LiveMessage? message))
            {
                await WriteAsync(context, message, cancellationToken).ConfigureAwait(false);
                position = message.Position;
            }
        }
    }

    /// <summary>Browsers send the header when they come back; a page says with its first request what it has shown.</summary>
    private async Task<string?> CatchUpAsync(HttpContext context, CancellationToken cancellationToken)
    {
        string position = context.Request.Headers["Last-Event-ID"].ToString();
        if (position.Length == 0) position = context.Request.Query["after"].ToString();
        if (position.Length == 0) return null;
        if (await hub.ReadMissedAsync(position, cancellationToken).ConfigureAwait(false) is { } missed)
        {
            foreach (LiveMessage message in missed) await WriteAsync(context, message, cancellationToken).ConfigureAwait(false);
            return position;
        }

        await WriteAsync(context, "event: reset\ndata: {\"reason\":\"too_much_missed\"}\n\n", cancellationToken).ConfigureAwait(false);
        return null;
    }

    private static Task WriteAsync(HttpContext context, LiveMessage message, CancellationToken cancellationToken) =>
        WriteAsync(context, $"{(message.Position is null ? "" : $"id: {message.Position}\n")}event: {message.Kind}\ndata: {message.Json}\n\n", cancellationToken);

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
