using System.Globalization;

namespace Ecart.App.Tests.Serve;

/// <summary>Events and labels as they are posted.</summary>
internal static class Posted
{
    /// <summary>An event in the wire form.</summary>
    public static string Event(string uid, double amount = 12.5, string account = "A1", int minute = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
           {"event_uid": "{{{uid}}}", "domain": "transactions", "entities": {"account": "{{{account}}}", "merchant": "M1"},
            "occurred_at": "2026-03-01T10:{{{minute:00}}}:00Z", "data": {"amount": {{{amount}}}, "channel": "online", "country": "FR"}}
           """);

    /// <summary>A label.</summary>
    public static string Label(string uid, bool isFraud) =>
        $$"""{"event_uid": "{{uid}}", "is_fraud": {{(isFraud ? "true" : "false")}}, "known_at": "2026-03-05T08:00:00Z", "source": "chargeback"}""";

    /// <summary>Several of them.</summary>
    public static string List(params IEnumerable<string> items) => $"[{string.Join(",", items)}]";
}
