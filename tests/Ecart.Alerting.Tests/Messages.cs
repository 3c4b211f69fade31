using System.Text.Json;
using Ecart.Alerting.Messages;
using Ecart.TestKit;

namespace Ecart.Alerting.Tests;

/// <summary>Messages of the tests.</summary>
internal static class Messages
{
    public static readonly DateTimeOffset CreatedAt = new(2026, 3, 1, 10, 0, 5, TimeSpan.Zero);

    public static AlertMessage Of(AlertAction action, string status = "new", int count = 1, string severity = "critical", string entity = "A1") => new()
    {
        Route = "oncall",
        DedupKey = "ecart:transactions:E0",
        Action = action,
        Severity = severity,
        Domain = "transactions",
        EntityType = "account",
        EntityId = entity,
        Count = count,
        Alerts = [.. Enumerable.Range(0, Math.Min(count, AlertMessage.MostListed)).Select(i => Notice($"E{i}", status, severity, entity))],
        CreatedAt = CreatedAt,
    };

    public static AlertMessage HeldBack(AlertAction action, int count) => new()
    {
        Route = "oncall",
        DedupKey = "ecart:held-back:oncall:1",
        Action = action,
        Subject = AlertSubject.HeldBack,
        Severity = "medium",
        Count = count,
        CreatedAt = CreatedAt,
    };

    public static AlertNotice Notice(string uid, string status, string severity, string entity) =>
        AlertNotice.Read(17, status, StoredAlerts.Payload(uid, severity, entity));

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
