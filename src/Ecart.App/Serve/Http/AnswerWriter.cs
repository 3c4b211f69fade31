using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ecart.App.Serve.Pages;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>Sends answers as JSON: one by its own status, several in a list under 200.</summary>
internal static class AnswerWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers a request of one item, or a request that could not be taken at all.</summary>
    public static Task WriteAsync(HttpResponse response, Answer answer)
    {
        var problem = answer as ProblemAnswer;
        response.StatusCode = answer.Status;
        if (problem?.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (problem is not null && FaultPages.IsFor(response.HttpContext.Request)) return FaultPages.WriteAsync(response.HttpContext, problem);
        response.ContentType = problem is null ? "application/json" : "application/problem+json";
        return SendAsync(response, json => WriteObject(json, answer, withStatus: problem is not null));
    }

    /// <summary>Answers a request of several items, in their order.</summary>
    public static Task WriteAsync(HttpResponse response, IReadOnlyList<Answer> answers)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        return SendAsync(response, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (Answer answer in answers) WriteObject(json, answer, withStatus: true);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteObject(Utf8JsonWriter json, Answer answer, bool withStatus)
    {
        json.WriteStartObject();
        if (withStatus) json.WriteNumber("status", answer.Status);
        answer.WriteMembers(json);
        json.WriteEndObject();
    }

    private static async Task SendAsync(HttpResponse response, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        response.ContentLength = buffer.WrittenCount;
        await response.Body.WriteAsync(buffer.WrittenMemory, response.HttpContext.RequestAborted).ConfigureAwait(false);
    }
}
