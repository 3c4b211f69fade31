namespace Ecart.MariaDb.Access;

/// <summary>A key by which a program has access.</summary>
/// <param name="Name">Name, lower case.</param>
/// <param name="Role">What it may do.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="RevokedAt">When it ceased to be valid, UTC; null while it is.</param>
public sealed record AccessKey(string Name, AccessRole Role, string CreatedBy, DateTime CreatedAt, DateTime? RevokedAt);
