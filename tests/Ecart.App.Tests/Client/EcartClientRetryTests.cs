using System.Collections.Concurrent;
using System.Net;
using Ecart.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Ecart.App.Tests.Client;

/// <summary>The client against a server that fails as services do.</summary>
public sealed class EcartClientRetryTests : IAsyncLifetime
{
    private const string Verdict = """{"event_uid": "T1", "decision": "approve", "degraded": false, "a_new_member": [1]}""";
    private readonly ConcurrentQueue<Func<HttpContext, Task>> answers = new();
    private readonly ConcurrentQueue<(string Body, string? Key, string? LastId)> requests = new();
    private WebApplication application = null!;
    private EcartClient client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        application = builder.Build();
        application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            requests.Enqueue((await reader.ReadToEndAsync(Cancellation), context.Request.Headers["Idempotency-Key"], context.Request.Headers["Last-Event-ID"]));
            Assert.True(answers.TryDequeue(out Func<HttpContext, Task>? answer));
            await answer(context);
        });
        await application.StartAsync(Cancellation);
        client = new EcartClient(new Uri(application.Urls.First()), null, new EcartClientOptions { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromSeconds(5), Retries = 3 });
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await application.DisposeAsync();
    }

    [Fact]
    public async Task Post_ServiceIsFullOrAwayOrBreaksOff_SendsTheSameAgain()
    {
        answers.Enqueue(Problem(429, "full", "0"));
        answers.Enqueue(Problem(503, "undecided", null));
        answers.Enqueue(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        answers.Enqueue(context => WriteAsync(context, 200, "application/json", Verdict));

        EventAnswer answer = await client.PostEventAsync(new EventRequest { EventUid = "T1", OccurredAt = DateTimeOffset.UnixEpoch }, cancellationToken: Cancellation);

        Assert.Equal(EventDecision.Approve, answer.Decision);
        Assert.Equal(4, requests.Count);
        Assert.Single(requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Post_RetryAfter_IsWaitedFor()
    {
        answers.Enqueue(Problem(503, "store_away", "1"));
        answers.Enqueue(context => WriteAsync(context, 200, "application/json", Verdict));
        var waited = System.Diagnostics.Stopwatch.StartNew();

        await client.PostEventAsync(new EventRequest { EventUid = "T1", OccurredAt = DateTimeOffset.UnixEpoch }, cancellationToken: Cancellation);

        Assert.True(waited.Elapsed >= TimeSpan.FromSeconds(0.9), $"{waited.Elapsed}");
    }

    [Theory]
    [InlineData(422, null, 1)]
    [InlineData(500, null, 1)]
    [InlineData(503, "60", 1)]
    [InlineData(503, "0", 4)]
    public async Task Post_FailureThatStays_IsThrown(int status, string? retryAfter, int tries)
    {
        for (int i = 0; i < 4; i++) answers.Enqueue(Problem(status, "x", retryAfter));

        var problem = await Assert.ThrowsAsync<EcartProblemException>(
            () => client.PostEventAsync(new EventRequest { EventUid = "T1", OccurredAt = DateTimeOffset.UnixEpoch }, cancellationToken: Cancellation));

        Assert.Equal(((HttpStatusCode)status, tries), (problem.Status, requests.Count));
    }

    [Fact]
    public async Task Answer_NotFromTheService_IsAProblemAllTheSame()
    {
        answers.Enqueue(context => WriteAsync(context, 404, "text/html", "<h1>a proxy</h1>"));

        var problem = await Assert.ThrowsAsync<EcartProblemException>(() => client.GetMeAsync(Cancellation));

        Assert.Equal((404, "about:blank"), (problem.Problem.Status, problem.Problem.Type));
    }

    [Fact]
    public async Task Follow_Stream_ReadsEventsAsTheyComeAndTakesUpAfterOne()
    {
        answers.Enqueue(context => WriteAsync(
            context, 200, "text/event-stream", ": hello\n\nevent: alert\nid: 7\ndata: {\"alert_id\": 7,\ndata: \"severity\": \"high\"}\n\nid: 8\ndata: {\"alert_id\": 8}\n\n"));

        ServerEvent[] events = await client.FollowAsync("v1/live", "6", Cancellation).ToArrayAsync(Cancellation);

        Assert.Equal([("alert", "7", 7), ("message", "8", 8)], events.Select(found => (found.Type, found.Id, found.Data.GetProperty("alert_id").GetInt32())));
        Assert.Equal("6", requests.Single().LastId);
    }

    private static Func<HttpContext, Task> Problem(int status, string kind, string? retryAfter) => context =>
    {
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        return WriteAsync(
            context, status, "application/problem+json", $$"""{"status": {{status}}, "type": "urn:ecart:problem:{{kind}}", "title": "It failed", "detail": "It failed so."}""");
    };

    private static Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, Cancellation);
    }
}
