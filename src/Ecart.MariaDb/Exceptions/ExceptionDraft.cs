namespace Ecart.MariaDb.Exceptions;

/// <summary>An exception that was checked and is not stored yet. What it names must hold altogether: entity, pattern, rule.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Reason">Why.</param>
/// <param name="ValidFrom">From this event time on, UTC.</param>
/// <param name="ValidUntil">Until before this event time, UTC.</param>
public sealed record ExceptionDraft(string Domain, string Reason, DateTime ValidFrom, DateTime ValidUntil)
{
    /// <summary>Type of the entity; null for every type.</summary>
    public string? EntityType { get; init; }

    /// <summary>The entity; null for all.</summary>
    public string? EntityId { get; init; }

    /// <summary>The pattern; null for every behaviour.</summary>
    public ExceptionPatternPart? Pattern { get; init; }

    /// <summary>The rule that must hold; null for none.</summary>
    public string? Rule { get; init; }

    /// <summary>What it is for.</summary>
    public ExceptionKind Kind { get; init; }

    /// <summary>The alert that it is made from; null for none.</summary>
    public long? AlertId { get; init; }

    /// <summary>Whether a second person must approve it before it silences anything.</summary>
    public bool NeedsApproval { get; init; }
}
