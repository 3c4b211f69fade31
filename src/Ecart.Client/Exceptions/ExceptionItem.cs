namespace Ecart.Client.Exceptions;

/// <summary>An exception: what is not to raise alerts.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Domain">The domain.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="EntityType">Type of the entity; null for every type.</param>
/// <param name="EntityId">The entity; null for all.</param>
/// <param name="Radius">Radius of its pattern; null without one.</param>
/// <param name="EmbeddingVersion">Version of its pattern; null without one.</param>
/// <param name="Rule">Its rule; null for none.</param>
/// <param name="Reason">Why.</param>
/// <param name="AlertId">The alert that it was made from; null for none.</param>
/// <param name="ValidFrom">From this event time on, UTC.</param>
/// <param name="ValidUntil">Until before this event time, UTC; null without end.</param>
/// <param name="CreatedBy">Who asked for it; null for one that was entered by SQL.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="ApprovedBy">Who approved it; null for nobody yet.</param>
/// <param name="ApprovedAt">When, UTC.</param>
/// <param name="RevokedBy">Who took it back; null for nobody.</param>
/// <param name="RevokedAt">When, UTC.</param>
/// <param name="RevokeReason">Why.</param>
/// <param name="HitCount">Events that it silenced.</param>
/// <param name="LastHitAt">Event time of the newest of them, UTC; null for none.</param>
public sealed record ExceptionItem(
    long Id,
    string Domain,
    ExceptionState State,
    ExceptionKind Kind,
    string? EntityType,
    string? EntityId,
    double? Radius,
    int? EmbeddingVersion,
    string? Rule,
    string Reason,
    long? AlertId,
    DateTime ValidFrom,
    DateTime? ValidUntil,
    string? CreatedBy,
    DateTime CreatedAt,
    string? ApprovedBy,
    DateTime? ApprovedAt,
    string? RevokedBy,
    DateTime? RevokedAt,
    string? RevokeReason,
    long HitCount,
    DateTime? LastHitAt);
