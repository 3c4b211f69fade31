namespace Ecart.Client.Exceptions;

/// <summary>An exception as somebody asks for it. At least one of entity, event and rule must be there, and what is there must hold altogether.</summary>
public sealed record ExceptionRequest
{
    /// <summary>The domain.</summary>
    public string? Domain { get; init; }

    /// <summary>The alert that it is made from.</summary>
    public long? AlertId { get; init; }

    /// <summary>Type of the entity; null for every type.</summary>
    public string? EntityType { get; init; }

    /// <summary>The entity; null for all.</summary>
    public string? EntityId { get; init; }

    /// <summary>The event whose behaviour is the pattern; null for every behaviour.</summary>
    public string? EventUid { get; init; }

    /// <summary>Distance within which an event matches it; null for the proposed one.</summary>
    public double? Radius { get; init; }

    /// <summary>A rule that must hold; null for none.</summary>
    public string? Rule { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>From this event time on; null for the alert's, else now.</summary>
    public DateTime? ValidFrom { get; init; }

    /// <summary>Until before this event time; null for <see cref="Days"/>.</summary>
    public DateTime? ValidUntil { get; init; }

    /// <summary>Days from now, or from a later beginning. Default 30.</summary>
    public int? Days { get; init; }
}
