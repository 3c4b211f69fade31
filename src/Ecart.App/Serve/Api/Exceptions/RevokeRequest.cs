namespace Ecart.App.Serve.Api.Exceptions;

/// <summary>Why an exception is taken back.</summary>
internal sealed record RevokeRequest(string? Reason);
