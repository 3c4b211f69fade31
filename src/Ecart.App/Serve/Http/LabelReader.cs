using System.Globalization;
using System.Text.Json;
using Ecart.Events;
using Ecart.Streaming.Sources;

namespace Ecart.App.Serve.Http;

/// <summary>Makes labels of posted objects. Thread-safe.</summary>
internal sealed class LabelReader(string ownDomain, TimeProvider timeProvider)
{
    private const int LongestUid = 128;
    private const int LongestSource = 64;
    private const int LongestShown = 200;
    private const string DefaultSource = "http";

    private static readonly string[] Members = ["event_uid", "domain", "is_fraud", "known_at", "source"];

    /// <summary>Reads one object.</summary>
    public PostedItem Read(ReadOnlySpan<byte> json, long place)
    {
        Label? label = null;
        string? uid = null;
        Fault? fault;
        try
        {
            var reader = new Utf8JsonReader(json);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            fault = reader.Read()
                ? new Fault(RejectReason.Malformed, null, null, "The label is followed by something else: send one object, or an array.")
                : Read(document.RootElement, out label, out uid);
        }
        catch (JsonException)
        {
            fault = new Fault(RejectReason.Malformed, null, null, "The label is not one JSON object: send {\"event_uid\": ..., \"is_fraud\": true or false}.");
        }

        RejectedRecord? rejected = fault is null
            ? null
            : new RejectedRecord(
                HttpSource.SourceName, 0, place, ownDomain, uid, fault.Reason, fault.Field, fault.Value, fault.Message, json.ToArray());
        return new PostedItem(new ReplayItem(null, rejected is null ? label : null, rejected, HttpSource.SourceName, place), uid);
    }

    private Fault? Read(JsonElement root, out Label? label, out string? uid)
    {
        label = null;
        uid = null;
        if (root.ValueKind != JsonValueKind.Object)
            return new Fault(RejectReason.Malformed, null, null, "The label is not a JSON object: send {\"event_uid\": ..., \"is_fraud\": true or false}.");
        if (Text(root, "event_uid", LongestUid, out uid) is { } badUid) return badUid;
        if (uid is null) return Missing("event_uid", "give the uid of the event that it speaks of");
        if (Text(root, "domain", LongestUid, out string? domain) is { } badDomain) return badDomain;
        if (domain is not null && domain != ownDomain)
            return new Fault(RejectReason.UnknownValue, "domain", domain, $"domain '{domain}' is not known: give {ownDomain}, or leave it out.");
        if (!root.TryGetProperty("is_fraud", out JsonElement isFraud)) return Missing("is_fraud", "give true or false");
        if (isFraud.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return Wrong("is_fraud", isFraud, "is not true or false");
        if (KnownAt(root, out DateTime knownAt) is { } badTime) return badTime;
        if (Text(root, "source", LongestSource, out string? source) is { } badSource) return badSource;
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!Members.Contains(member.Name, StringComparer.Ordinal))
                return new Fault(RejectReason.UnknownValue, Cut(member.Name), null, $"'{Cut(member.Name)}' is not a member of a label: known are {string.Join(", ", Members)}.");
        }

        label = new Label(ownDomain, uid, isFraud.GetBoolean(), knownAt, source ?? DefaultSource);
        return null;
    }

    private static Fault? Text(JsonElement root, string name, int longest, out string? text)
    {
        text = null;
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) return Wrong(name, value, "is not a text");
        try
        {
            text = value.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            return new Fault(RejectReason.InvalidUtf8, name, null, $"{name} is not valid text: repair it at the source.");
        }

        if (text.Length == 0) text = null;
        if (text is null || text.Length <= longest) return null;
        string shown = Cut(text);
        text = null;
        return new Fault(RejectReason.TooLong, name, shown, $"{name} '{shown}' is longer than {longest} characters: shorten it.");
    }

    private Fault? KnownAt(JsonElement root, out DateTime knownAt)
    {
        DateTime now = timeProvider.GetUtcNow().UtcDateTime;
        knownAt = Microseconds(now);
        if (Text(root, "known_at", LongestShown, out string? text) is { } fault) return fault;
        if (text is null) return null;
        if (!DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime parsed))
        {
            return new Fault(RejectReason.WrongType, "known_at", text, $"known_at '{text}' is not a date with time: write 2018-04-01T07:30:00Z.");
        }

        knownAt = Microseconds(parsed);
        return parsed.Year >= 2000 && parsed <= now.AddDays(1)
            ? null
            : new Fault(RejectReason.OutOfRange, "known_at", text, $"known_at '{text}' is before 2000 or more than a day ahead: give the moment at which it became known.");
    }

    private static DateTime Microseconds(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    private static Fault Missing(string name, string remedy) => new(RejectReason.MissingField, name, null, $"{name} is missing: {remedy}.");

    private static Fault Wrong(string name, JsonElement value, string problem)
    {
        string shown = Cut(value.GetRawText());
        return new Fault(RejectReason.WrongType, name, shown, $"{name} {shown} {problem}.");
    }

    private static string Cut(string text) => text.Length <= LongestShown ? text : text[..LongestShown];

    /// <summary>Why an object is no label.</summary>
    private sealed record Fault(RejectReason Reason, string? Field, string? Value, string Message);
}
