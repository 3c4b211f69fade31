using System.Text.Json;

namespace Ecart.Client.Alerts;

/// <summary>Everything about an alert.</summary>
public sealed record AlertDetail
{
    /// <summary>The alert.</summary>
    public required Alert Alert { get; init; }

    /// <summary>Every piece of evidence, in words and numbers.</summary>
    public required IReadOnlyList<AlertFinding> Evidence { get; init; }

    /// <summary>The event with its verdict; null when it is not kept any more.</summary>
    public required JsonElement? Event { get; init; }

    /// <summary>Which features made the distance, with their shares of it.</summary>
    public required IReadOnlyList<AlertFeature> Features { get; init; }

    /// <summary>The nearest normal events, with their distance.</summary>
    public required IReadOnlyList<JsonElement> Nearest { get; init; }

    /// <summary>From which scores on severities begin.</summary>
    public required JsonElement Bands { get; init; }

    /// <summary>The entity's events around it, in their order.</summary>
    public required IReadOnlyList<JsonElement> Timeline { get; init; }

    /// <summary>Other alerts of the entity.</summary>
    public required IReadOnlyList<Alert> Related { get; init; }

    /// <summary>Who did what to it.</summary>
    public required IReadOnlyList<AlertHistoryEntry> History { get; init; }
}
