namespace Ecart.Client;

/// <summary>Why something was not done, by RFC 9457.</summary>
public sealed record Problem
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Kind, <c>urn:ecart:problem:</c> and a word that stays the same.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>This one: what is wrong and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>The event; null when there is none.</summary>
    public string? EventUid { get; init; }

    /// <summary>The field at fault; null when there is none.</summary>
    public string? Field { get; init; }

    /// <summary>The value at fault, cut to 200 characters; null when there is none.</summary>
    public string? Value { get; init; }

    /// <summary>The decision by policy about an event that was not taken, for a caller who named a budget.</summary>
    public EventDecision? Decision { get; init; }

    /// <summary>Whether <see cref="Decision"/> is one by policy.</summary>
    public bool? Degraded { get; init; }
}
