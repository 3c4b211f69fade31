namespace Ecart.MariaDb.Access;

/// <summary>A session that is valid now.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Name">Their name.</param>
/// <param name="Role">Their role now, not that of when they signed in.</param>
/// <param name="ExpiresAt">When it ends, UTC.</param>
public sealed record AccessSession(long UserId, string Name, AccessRole Role, DateTime ExpiresAt);
