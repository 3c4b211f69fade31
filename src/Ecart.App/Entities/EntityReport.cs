using Ecart.MariaDb.Entities;
using Ecart.MariaDb.Exceptions;

namespace Ecart.App.Entities;

/// <summary>Everything that is told of an entity.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Profile">What is normal for it; null without a profile.</param>
/// <param name="Usual">What is usual, and how far the last events were from it: why it is normal, or not.</param>
/// <param name="Latest">The same of its newest events.</param>
/// <param name="Counts">How often what was seen.</param>
/// <param name="Events">Its newest events, the newest first.</param>
/// <param name="Alerts">Its newest alerts.</param>
/// <param name="Exceptions">Exceptions that cover it, and those of all entities.</param>
public sealed record EntityReport(
    EntityName Name,
    EntityProfile? Profile,
    IReadOnlyList<EntityFact> Usual,
    IReadOnlyList<EntityFact> Latest,
    IReadOnlyList<EntityCounts> Counts,
    IReadOnlyList<EntityEvent> Events,
    IReadOnlyList<EntityAlert> Alerts,
    IReadOnlyList<ExceptionRow> Exceptions);
