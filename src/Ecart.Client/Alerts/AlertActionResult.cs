namespace Ecart.Client.Alerts;

/// <summary>What became of an action on one alert.</summary>
public sealed record AlertActionResult
{
    /// <summary>The alert.</summary>
    public required long Id { get; init; }

    /// <summary>HTTP status of this one: 200, 404 or 409.</summary>
    public required int Status { get; init; }

    /// <summary>What became of it.</summary>
    public required AlertActionOutcome Outcome { get; init; }

    /// <summary>More, in words; null when there is nothing to say.</summary>
    public required string? Detail { get; init; }

    /// <summary>Where the work on the alert stands now; null when there is no such alert.</summary>
    public required AlertStatus? AlertStatus { get; init; }

    /// <summary>Whose work it is now; null for nobody's.</summary>
    public required string? AssignedTo { get; init; }

    /// <summary>Its revision now.</summary>
    public required int Revision { get; init; }

    /// <summary>Whether the pipeline has learned from the decision; null without one.</summary>
    public required AlertLabelState? Label { get; init; }
}
