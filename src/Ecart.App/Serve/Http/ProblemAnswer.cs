using System.Text.Json;
using Ecart.Events;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>Why something was not done, by RFC 9457.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Kind">Stable snake_case word, the end of the problem's type.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Detail">This one, for a person: what is wrong and what to do.</param>
internal sealed record ProblemAnswer(int Status, string Kind, string Title, string Detail) : Answer(Status)
{
    private const string TypePrefix = "urn:ecart:problem:";
    private const int LongestValue = 200;

    /// <summary>Seconds after which to try again; null when that does not help.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The event, when it could be read.</summary>
    public string? EventUid { get; init; }

    /// <summary>The field at fault.</summary>
    public string? Field { get; init; }

    /// <summary>The value at fault, cut to 200 characters.</summary>
    public string? Value { get; init; }

    /// <summary>Decision by policy for a caller who named a budget; null for others.</summary>
    public Decision? Decision { get; init; }

    public static ProblemAnswer Full { get; } = new(
        StatusCodes.Status429TooManyRequests, "full", "The pipeline is full",
        "The store takes events more slowly than they come. Nothing of this was taken: send it again after Retry-After.")
    { RetryAfterSeconds = 1 };

    public static ProblemAnswer Closed { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "not_ready", "The service takes nothing now",
        "It is starting or stopping. Nothing of this was taken: send it again after Retry-After, to another node if there is one.")
    { RetryAfterSeconds = 2 };

    public static ProblemAnswer StoreAway { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "store_away", "The store is away",
        "Nothing of this was taken: send it again after Retry-After, or name a budget to get a decision by policy.")
    { RetryAfterSeconds = 2 };

    public static ProblemAnswer Undecided { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "undecided", "Not known to be stored yet",
        "It was taken and is not durable yet. Send the same again after Retry-After: it takes effect once, however often it is sent.")
    { RetryAfterSeconds = 2 };

    public static ProblemAnswer Failed { get; } = new(
        StatusCodes.Status500InternalServerError, "failed", "The service failed",
        "The log says why. Send the same again: what was stored is recognised.");

    public static ProblemAnswer BadRequest(string detail) =>
        new(StatusCodes.Status400BadRequest, "bad_request", "The request cannot be read", detail);

    public static ProblemAnswer TooLarge(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, "too_large", "The request is too large", detail);

    /// <summary>A field of a request that cannot be used.</summary>
    public static ProblemAnswer Invalid(string field, string? value, string detail) =>
        new(StatusCodes.Status422UnprocessableEntity, "invalid", "A field cannot be used", detail) { Field = field, Value = value is { Length: > LongestValue } ? value[..LongestValue] : value };

    /// <summary>What a request names is not there.</summary>
    public static ProblemAnswer Missing(string detail) => new(StatusCodes.Status404NotFound, "not_found", "It is not there", detail);

    /// <summary>The problem of a rejected record.</summary>
    public static ProblemAnswer Of(RejectedRecord rejected)
    {
        (int status, string title) = rejected.Reason switch
        {
            RejectReason.ConflictingDuplicate => (StatusCodes.Status409Conflict, "The uid is known with other content"),
            RejectReason.UnknownEvent => (StatusCodes.Status404NotFound, "The event is not in the store"),
            RejectReason.RefusedByStore => (StatusCodes.Status422UnprocessableEntity, "The store refuses the event"),
            _ => (StatusCodes.Status422UnprocessableEntity, "The record cannot be used"),
        };
        return new ProblemAnswer(status, JsonNamingPolicy.SnakeCaseLower.ConvertName(rejected.Reason.ToString()), title, WithoutPlace(rejected.Message))
        {
            EventUid = rejected.EventUid,
            Field = rejected.Field,
            Value = rejected.Value,
        };
    }

    public override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("type", TypePrefix + Kind);
        json.WriteString("title", Title);
        json.WriteString("detail", Detail);
        if (EventUid is not null) json.WriteString("event_uid", EventUid);
        if (Field is not null) json.WriteString("field", Field);
        if (Value is not null) json.WriteString("value", Value);
        if (Decision is not { } decision) return;
        json.WriteString("decision", Names.Of(decision));
        json.WriteBoolean("degraded", true);
    }

    /// <summary>Messages of rejected records begin with their place, which says nothing to the caller.</summary>
    private static string WithoutPlace(string message)
    {
        int end = message.StartsWith(HttpSource.SourceName + " ", StringComparison.Ordinal) ? message.IndexOf(": ", StringComparison.Ordinal) : -1;
        return end < 0 ? message : message[(end + 2)..];
    }
}
