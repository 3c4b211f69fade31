namespace Ecart.App.Serve.Access.OpenId;

/// <summary>The other service does not vouch for somebody, or cannot be understood.</summary>
/// <param name="message">Why, for the log.</param>
internal sealed class OpenIdException(string message) : Exception(message);
