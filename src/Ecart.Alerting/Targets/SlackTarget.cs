using System.Text.Json;
using System.Text.Json.Nodes;
using Ecart.Alerting.Messages;

namespace Ecart.Alerting.Targets;

/// <summary>
/// Slack incoming webhook: blocks for the channel, a line of text for notifications. A webhook cannot change what it has posted, so each thing that is said of
/// a thread is a message. Thread-safe.
/// </summary>
public sealed class SlackTarget : HttpTarget
{
    private const int MostOfHeader = 150;
    private const int MostOfSection = 3000;
    private const int MostOfField = 2000;
    private const int MostOfText = 3000;
    private const int MostOfContext = 2000;
    private const int MostReasons = 5;

    // Slack refuses messages whose blocks are about 13,000 characters together, whatever its limits of each.
    private const int MostListed = 5;
    private const int MostOfListed = 600;
    private readonly Uri? dashboard;

    /// <summary>Makes a target.</summary>
    /// <param name="address">The webhook; secret.</param>
    /// <param name="dashboard">Where people look at alerts; null for nowhere.</param>
    /// <param name="timeout">How long an answer is waited for.</param>
    /// <param name="timeProvider">The clock.</param>
    public SlackTarget(Uri address, Uri? dashboard, TimeSpan timeout, TimeProvider timeProvider)
        : base(address, timeout, timeProvider, Secrets.OfAddress(address))
    {
        this.dashboard = dashboard;
    }

    private protected override byte[] MakeBody(AlertMessage message) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["text"] = MessageText.Cut(Escape(MessageText.Summary(message)), MostOfText),
        ["blocks"] = message is { Subject: AlertSubject.Alerts, Action: AlertAction.Trigger } ? Alert(message) : Line(message),
    });

    private static JsonArray Line(AlertMessage message) =>
    [
        Section($"{Sign(message)} {Escape(MessageText.Summary(message))}"),
        Context(message),
    ];

    private JsonArray Alert(AlertMessage message)
    {
        string title = message.Count > 1 ? $"{MessageText.Number(message.Count)} alerts" : "alert";
        JsonArray blocks =
        [
            new JsonObject
            {
                ["type"] = "header",
                ["text"] = new JsonObject
                {
                    ["type"] = "plain_text",
                    ["text"] = MessageText.Cut($"{char.ToUpperInvariant(message.Severity[0])}{message.Severity[1..]} {title}: {MessageText.Entity(message)}", MostOfHeader),
                    ["emoji"] = false,
                },
            },
            new JsonObject { ["type"] = "section", ["fields"] = Fields(message) },
        ];
        if (message.Alerts is [var only] && message.Count == 1) AddReasons(blocks, only);
        else foreach (AlertNotice alert in message.Alerts.Take(MostListed)) blocks.Add((JsonNode)Section(Listed(alert)));
        if (message.Count > MostListed) blocks.Add((JsonNode)Section($"… and {MessageText.Number(message.Count - MostListed)} more"));
        if (dashboard is not null) blocks.Add((JsonNode)Section($"<{Escape(dashboard.AbsoluteUri)}|Open in Ecart>"));
        blocks.Add((JsonNode)Context(message));
        return blocks;
    }

    private static JsonArray Fields(AlertMessage message) =>
    [
        Field("Domain", message.Domain),
        Field("Entity", MessageText.Entity(message)),
        Field("Severity", message.Severity),
        Field("Score", message.Alerts.Count == 0 ? "" : MessageText.Score(message.Alerts.Max(alert => alert.Score))),
        Field("Event", message.Alerts is [var only] ? only.EventUid : $"{MessageText.Number(message.Count)} events"),
        Field("Time", message.Alerts is [var first, ..] ? first.Timestamp : ""),
    ];

    private static void AddReasons(JsonArray blocks, AlertNotice alert)
    {
        if (alert.Reasons.Count == 0) return;
        IEnumerable<string> lines = alert.Reasons.Take(MostReasons).Select(reason => $"• {Escape(reason.Detail)} (+{MessageText.Score(reason.Score)})");
        blocks.Add((JsonNode)Section("*Why*\n" + string.Join('\n', lines)));
    }

    private static string Listed(AlertNotice alert) => MessageText.Cut(
        $"*{MessageText.Score(alert.Score)}* {Escape(alert.EventUid)} at {alert.Timestamp}"
        + (alert.Reasons is [var reason, ..] ? $"\n{Escape(reason.Detail)}" : ""),
        MostOfListed);

    private static JsonObject Section(string text) => new()
    {
        ["type"] = "section",
        ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = MessageText.Cut(text, MostOfSection) },
    };

    private static JsonObject Field(string name, string value) => new()
    {
        ["type"] = "mrkdwn",
        ["text"] = MessageText.Cut($"*{name}*\n{Escape(value)}", MostOfField),
    };

    private static JsonObject Context(AlertMessage message) => new()
    {
        ["type"] = "context",
        ["elements"] = new JsonArray(new JsonObject { ["type"] = "mrkdwn", ["text"] = MessageText.Cut($"Ecart, route {Escape(message.Route)}, {Escape(message.DedupKey)}", MostOfContext) }),
    };

    private static string Sign(AlertMessage message) => message.Subject switch
    {
        AlertSubject.HeldBack => ":hourglass:",
        AlertSubject.Test => ":wrench:",
        _ when message.Action == AlertAction.Acknowledge => ":eyes:",
        _ => ":white_check_mark:",
    };

    /// <summary>The three characters that Slack reads as its own.</summary>
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
