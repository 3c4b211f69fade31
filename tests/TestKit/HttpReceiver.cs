using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecart.TestKit;

/// <summary>A web server on this machine that keeps what it is sent and answers as a test wants: late, with errors, or by closing the connection. Thread-safe.</summary>
public sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<ReceivedRequest> received = new();

    private HttpReceiver(WebApplication application) => this.application = application;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(application.Urls.First());

    /// <summary>How a request is answered. Default 200 with the text ok.</summary>
    public Func<ReceivedRequest, ReceiverReply> Reply { get; set; } = static _ => new ReceiverReply();

    /// <summary>What came, in its order, whatever was answered.</summary>
    public IReadOnlyList<ReceivedRequest> Received => [.. received];

    /// <summary>How many requests came.</summary>
    public int Count => received.Count;

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<HttpReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        var receiver = new HttpReceiver(application);
        application.Run(receiver.HandleAsync);
        await application.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new ReceivedRequest(
            TimeProvider.System.GetTimestamp(),
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        ReceiverReply reply = Reply(request);
        received.Enqueue(request with { Status = reply.ClosesConnection ? 0 : reply.Status });
        if (reply.Delay > TimeSpan.Zero) await Task.Delay(reply.Delay, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reply.ClosesConnection)
        {
            // In the middle of an answer.
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync("half"u8.ToArray());
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        if (context.RequestAborted.IsCancellationRequested) return;
        context.Response.StatusCode = reply.Status;
        foreach ((string name, string value) in reply.Headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(reply.Body, context.RequestAborted);
    }
}
