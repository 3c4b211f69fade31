namespace Ecart.MariaDb.Access;

/// <summary>A person who may sign in.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Name, lower case.</param>
/// <param name="Role">What they may do.</param>
/// <param name="PasswordHash">As the password hasher made it; null until one is chosen.</param>
/// <param name="IsDisabled">Whether they are shut out.</param>
/// <param name="CreatedAt">When they were added, UTC.</param>
/// <param name="LastSignInAt">When they last signed in, UTC; null for never.</param>
public sealed record UserAccount(
    long Id, string Name, AccessRole Role, string? PasswordHash, bool IsDisabled, DateTime CreatedAt, DateTime? LastSignInAt);
