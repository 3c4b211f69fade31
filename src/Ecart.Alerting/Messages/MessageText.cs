using System.Globalization;
namespace Ecart.Alerting.Messages;

/// <summary>Messages in words.</summary>
internal static class MessageText
{
    /// <summary>One line that says it all.</summary>
    public static string Summary(AlertMessage message) => (message.Subject, message.Action) switch
    {
        (AlertSubject.Test, _) => $"TEST of the route {message.Route}: Ecart can reach you. Nothing has happened; no action is needed.",
        (AlertSubject.HeldBack, AlertAction.Resolve) => $"Ecart: no message of the route {message.Route} is held back any longer.",
        (AlertSubject.HeldBack, _) =>
            $"Ecart: the rate limit of the route {message.Route} holds back {Number(message.Count)} {(message.Count == 1 ? "message" : "messages")}; they follow as it permits.",
        (_, AlertAction.Acknowledge) => $"Being investigated: {Subject(message)}",
        (_, AlertAction.Resolve) => $"Closed ({Status(message)}): {Subject(message)}",
        _ => Alert(message),
    };

    /// <summary>Shortens a text to so many characters, never between the halves of one.</summary>
    public static string Cut(string text, int characters)
    {
        if (text.Length <= characters) return text;
        int end = characters - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }

    /// <summary>Score as people read it.</summary>
    public static string Score(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A whole number as people read it.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Status of a closed thread, in words.</summary>
    public static string Status(AlertMessage message)
    {
        string[] statuses = [.. message.Alerts.Select(alert => alert.Status.Replace('_', ' ')).Distinct()];
        return statuses.Length == 0 ? "resolved" : string.Join(", ", statuses);
    }

    /// <summary>The entity that it is about.</summary>
    public static string Entity(AlertMessage message) => $"{message.EntityType} {message.EntityId}";

    private static string Subject(AlertMessage message) => message.Count > 1
        ? $"{Number(message.Count)} alerts, {message.Domain}, {Entity(message)}"
        : $"{message.Severity} alert, {message.Domain}, {Entity(message)}";

    private static string Alert(AlertMessage message)
    {
        string why = message.Alerts is [var first, ..] && first.Reasons is [var reason, ..] ? $": {reason.Detail}" : "";
        string count = message.Count > 1 ? $"{Number(message.Count)} {message.Severity} alerts" : $"{message.Severity} alert";
        string score = message.Alerts.Count > 0 ? $" (score {Score(message.Alerts.Max(alert => alert.Score))})" : "";
        return $"{char.ToUpperInvariant(count[0])}{count[1..]}, {message.Domain}, {Entity(message)}{score}{why}";
    }
}
