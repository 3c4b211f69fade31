namespace Ecart.App.Serve.Access.OpenId;

/// <summary>Whom the other service vouches for.</summary>
/// <param name="Issuer">Who vouches.</param>
/// <param name="Subject">Who they are to the issuer, for good.</param>
/// <param name="Name">Their name there.</param>
/// <param name="Roles">Values of the claim that makes a role.</param>
internal sealed record OpenIdPerson(string Issuer, string Subject, string Name, IReadOnlyList<string> Roles);
