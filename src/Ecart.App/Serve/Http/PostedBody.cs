using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>The body of a request: one JSON object, or an array of them.</summary>
/// <param name="Bytes">The body.</param>
/// <param name="Items">Where in the body each item lies.</param>
/// <param name="IsList">Whether it is an array.</param>
internal sealed record PostedBody(byte[] Bytes, IReadOnlyList<Range> Items, bool IsList)
{
    /// <summary>Reads a body up to the bounds.</summary>
    /// <returns>The body, or why it cannot be taken.</returns>
    public static async Task<(PostedBody? Body, ProblemAnswer? Problem)> ReadAsync(HttpRequest request, HttpOptions options)
    {
        var tooLarge = ProblemAnswer.TooLarge(
            $"The body is longer than http.maximum_body_bytes, {options.MaximumBodyBytes:N0}: send fewer items at a time.");
        if (request.ContentLength > options.MaximumBodyBytes) return (null, tooLarge);
        PipeReader reader = request.BodyReader;
        for (; ; )
        {
            ReadResult result = await reader.ReadAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            if (result.Buffer.Length > options.MaximumBodyBytes) return (null, tooLarge);
            if (result.IsCompleted)
            {
                byte[] bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return Split(bytes, options.MaximumItems);
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static (PostedBody? Body, ProblemAnswer? Problem) Split(byte[] bytes, int maximumItems)
    {
        ReadOnlySpan<byte> text = bytes.AsSpan().TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return (null, ProblemAnswer.BadRequest("The body is empty: send one JSON object, or an array of them."));
        if (text[0] != '[') return (new PostedBody(bytes, [Range.All], false), null);
        var items = new List<Range>();
        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                items.Add(start..(int)reader.BytesConsumed);
            }

            while (reader.Read()) continue;
        }
        catch (JsonException fault)
        {
            return (null, ProblemAnswer.BadRequest($"The body is not a JSON array, at byte {fault.BytePositionInLine ?? 0} of line {fault.LineNumber ?? 0}."));
        }

        if (items.Count == 0) return (null, ProblemAnswer.BadRequest("The array is empty: send at least one item."));
        return items.Count > maximumItems
            ? (null, ProblemAnswer.TooLarge($"The array has {items.Count:N0} items, more than http.maximum_items, {maximumItems:N0}: send fewer at a time."))
            : (new PostedBody(bytes, items, true), null);
    }
}
