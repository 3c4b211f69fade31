namespace Ecart.Domains.Declared;

/// <summary>Whose state and detectors a declaration uses.</summary>
public enum DeclaredBase
{
    /// <summary>Those of declared domains: profile, deviations, new values, velocity, streaming detectors.</summary>
    None,

    /// <summary>Those of the built-in domain transactions; see <see cref="DomainDeclaration.Transactions"/>.</summary>
    Transactions,
}
