namespace Ecart.MariaDb.Entities;

/// <summary>Whose normality is at stake.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="EntityType">Type, for example account, ip, device, user, merchant.</param>
/// <param name="EntityId">Id, compared byte by byte.</param>
public sealed record EntityName(string Domain, string EntityType, string EntityId);
