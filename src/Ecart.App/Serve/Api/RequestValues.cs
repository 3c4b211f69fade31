using System.Text.Json;
using Ecart.App.Serve.Http;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api;

/// <summary>Reads what a request says, and tells what is wrong with it by field.</summary>
internal static class RequestValues
{
    /// <summary>A text of the query; null when it is empty or not there.</summary>
    public static string? Text(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>Most rows of a list.</summary>
    public static ProblemAnswer? Limit(HttpRequest request, out int limit)
    {
        limit = PageQuery.DefaultLimit;
        if (Text(request, "limit") is not { } text) return null;
        return PageQuery.TryReadLimit(text, out limit)
            ? null
            : ProblemAnswer.Invalid("limit", text, $"limit must be a whole number from 1 to {PageQuery.MostLimit}.");
    }

    /// <summary>Where a list goes on.</summary>
    public static ProblemAnswer? Cursor<TPosition>(HttpRequest request, out TPosition? position)
    {
        position = default;
        if (Text(request, "cursor") is not { } text) return null;
        return PageCursor.TryRead(text, out position) ? null : ProblemAnswer.Invalid("cursor", text, "cursor must be the next of an earlier answer, unchanged.");
    }

    /// <summary>A name of an enumeration, snake_case.</summary>
    public static ProblemAnswer? Choice<TEnum>(HttpRequest request, string name, out TEnum? choice)
        where TEnum : struct, Enum
    {
        choice = null;
        if (Text(request, name) is not { } text) return null;
        foreach (TEnum value in Enum.GetValues<TEnum>())
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()) == text) choice = value;
        string known = string.Join(", ", Enum.GetNames<TEnum>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));
        return choice is null ? ProblemAnswer.Invalid(name, text, $"{name} must be one of {known}.") : null;
    }

    /// <summary>The JSON of a body.</summary>
    public static async Task<(TBody? Body, ProblemAnswer? Problem)> BodyAsync<TBody>(HttpRequest request)
        where TBody : class
    {
        try
        {
            TBody? body = await JsonSerializer.DeserializeAsync<TBody>(request.Body, ApiJson.Options, request.HttpContext.RequestAborted).ConfigureAwait(false);
            return body is null ? (null, ProblemAnswer.BadRequest("The body must be a JSON object.")) : (body, null);
        }
        catch (JsonException error)
        {
            string field = error.Path is { Length: > 2 } path ? path[2..] : "";
            return field.Length == 0
                ? (null, ProblemAnswer.BadRequest("The body must be a JSON object with the fields that docs/reference/http.md names, and no others."))
                : (null, ProblemAnswer.Invalid(field, null, $"{field} is unknown or of another type: docs/reference/http.md names the fields."));
        }
    }
}
