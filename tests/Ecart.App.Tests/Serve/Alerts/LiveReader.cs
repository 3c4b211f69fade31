using System.Net;
using System.Text.Json;
using Ecart.App.Tests.Serve.Access;
using Xunit;

namespace Ecart.App.Tests.Serve.Alerts;

/// <summary>Listens to <c>/v1/live</c>.</summary>
internal sealed class LiveReader : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private LiveReader(HttpResponseMessage response, Stream stream)
    {
        this.response = response;
        reader = new StreamReader(stream);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<LiveReader> OpenAsync(Visitor visitor, string? lastHeard = null)
    {
        HttpResponseMessage response = lastHeard is null
            ? await visitor.SendAsync("GET", "/v1/live")
            : await visitor.SendAsync("GET", "/v1/live", null, ("Last-Event-ID", lastHeard));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new LiveReader(response, await response.Content.ReadAsStreamAsync(Cancellation));
    }

    /// <summary>The next event of a kind; the test's time limit ends the wait.</summary>
    public async Task<LiveEvent> ReadAsync(string kind)
    {
        string? id = null, name = null, data = null;
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            if (line.Length > 0 || name is null) continue;
            if (name == kind) return new LiveEvent(id, name, JsonElement.Parse(data!));
            (id, name, data) = (null, null, null);
        }

        throw new InvalidOperationException($"The stream ended before '{kind}'.");
    }

    /// <summary>Whether nothing more comes.</summary>
    public async Task<bool> IsOverAsync()
    {
        while (await reader.ReadLineAsync(Cancellation) is { } line)
            if (line.Length > 0) return false;
        return true;
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
