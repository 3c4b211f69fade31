namespace Ecart.Client;

/// <summary>Who asks.</summary>
/// <param name="Name">Name of a user, or <c>key:</c> and that of a key.</param>
/// <param name="Role">What they may do: <c>viewer</c>, <c>analyst</c> or <c>admin</c>.</param>
public sealed record Caller(string Name, string Role);
