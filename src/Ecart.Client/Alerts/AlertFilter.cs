using System.Globalization;
using System.Text.Json;

namespace Ecart.Client.Alerts;

/// <summary>Which alerts to list; what is left out does not matter.</summary>
public sealed record AlertFilter
{
    /// <summary>In one of these. Empty: all.</summary>
    public IReadOnlyList<AlertStatus> Statuses { get; init; } = [];

    /// <summary>As bad as one of these. Empty: all.</summary>
    public IReadOnlyList<EventSeverity> Severities { get; init; } = [];

    /// <summary>Of this domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Of entities of this kind.</summary>
    public string? EntityType { get; init; }

    /// <summary>Of this entity.</summary>
    public string? EntityId { get; init; }

    /// <summary>Of events from this time on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Of events before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>That hold this text.</summary>
    public string? Text { get; init; }

    /// <summary>The work of this person; <c>me</c> for whoever asks, <c>none</c> for nobody.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>In which order. Default the newest first.</summary>
    public AlertSort Sort { get; init; }

    internal string ToPath(string path) => new QueryText(path)
        .Add("status", Words(Statuses))
        .Add("severity", Words(Severities))
        .Add("domain", Domain)
        .Add("entity_type", EntityType)
        .Add("entity_id", EntityId)
        .Add("from", Time(From))
        .Add("until", Time(Until))
        .Add("text", Text)
        .Add("assigned_to", AssignedTo)
        .Add("sort", (AlertSort?)Sort)
        .Add("limit", "200")
        .ToString();

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string? Words<TChoice>(IReadOnlyList<TChoice> choices)
        where TChoice : struct, Enum =>
        choices.Count == 0 ? null : string.Join(',', choices.Select(choice => JsonNamingPolicy.SnakeCaseLower.ConvertName(choice.ToString())));
}
