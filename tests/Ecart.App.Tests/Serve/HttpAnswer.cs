using System.Net;
using System.Text.Json;

namespace Ecart.App.Tests.Serve;

/// <summary>What the service answered.</summary>
internal sealed record HttpAnswer(HttpStatusCode Status, string? ContentType, TimeSpan? RetryAfter, JsonElement Json)
{
    public static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return new HttpAnswer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.Delta, document.RootElement.Clone());
    }

    /// <summary>A member's text.</summary>
    public string? Text(string name) => Json.GetProperty(name).GetString();

    /// <summary>A member's truth.</summary>
    public bool Is(string name) => Json.GetProperty(name).GetBoolean();

    /// <summary>The results of a batch.</summary>
    public JsonElement[] Results => [.. Json.GetProperty("results").EnumerateArray()];
}
