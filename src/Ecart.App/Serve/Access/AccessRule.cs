using Ecart.MariaDb.Access;

namespace Ecart.App.Serve.Access;

/// <summary>Who may use an endpoint. One without a rule may be used by nobody.</summary>
/// <param name="Least">The least role; null: everybody.</param>
internal sealed record AccessRule(AccessRole? Least)
{
    /// <summary>For everybody.</summary>
    public static AccessRule Open { get; } = new((AccessRole?)null);

    /// <summary>Whether nobody needs to say who they are as long as <c>http.require_key</c> is off: the endpoints of programs that send events.</summary>
    public bool IsOpenWithoutRequirement { get; init; }

    /// <summary>Whether the answer to a stranger is a page, not a problem.</summary>
    public bool IsPage { get; init; }
}
