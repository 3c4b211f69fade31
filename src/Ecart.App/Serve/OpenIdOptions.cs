using Ecart.App.Commands;
using Ecart.MariaDb.Access;

namespace Ecart.App.Serve;

/// <summary>A service that vouches for people, by OpenID Connect.</summary>
internal sealed class OpenIdOptions
{
    /// <summary>Its address, https, or http on this machine; <c>/.well-known/openid-configuration</c> is below it. Default none: people have passwords here.</summary>
    public string? Authority { get; set; }

    /// <summary>How it knows this one; required beside <see cref="Authority"/>.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>What this one proves itself with, a secret. Default none: a public client, with PKCE alone.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the sign-in page calls it. Default its host.</summary>
    public string? Title { get; set; }

    /// <summary>What is asked for beside <c>openid</c>. Default <c>profile</c>.</summary>
    public string Scope { get; set; } = "profile";

    /// <summary>Claim that holds the name that the audit log has for a person. Default <c>preferred_username</c>.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>Claim that holds the roles or groups of a person, one or a list. Default <c>roles</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Values of <see cref="RoleClaim"/> that make an administrator. Default <c>ecart-admin</c>.</summary>
    public IList<string> Admin { get; set; } = [];

    /// <summary>Values of <see cref="RoleClaim"/> that make an analyst. Default <c>ecart-analyst</c>.</summary>
    public IList<string> Analyst { get; set; } = [];

    /// <summary>Values of <see cref="RoleClaim"/> that make a viewer. Default <c>ecart-viewer</c>.</summary>
    public IList<string> Viewer { get; set; } = [];

    /// <summary>What people call it; null when there is none.</summary>
    public string? Shown => Authority is null ? null : Title ?? new Uri(Authority).Host;

    /// <summary>The highest role that values of the claim make; null for none, and then nobody is let in.</summary>
    public AccessRole? RoleOf(IEnumerable<string> values)
    {
        string[] held = [.. values];
        if (Holds(Admin, "ecart-admin")) return AccessRole.Admin;
        if (Holds(Analyst, "ecart-analyst")) return AccessRole.Analyst;
        return Holds(Viewer, "ecart-viewer") ? AccessRole.Viewer : null;

        bool Holds(IList<string> wanted, string usual) => wanted.Count > 0 ? held.Intersect(wanted, StringComparer.Ordinal).Any() : held.Contains(usual, StringComparer.Ordinal);
    }

    /// <summary>Checks that they fit together.</summary>
    /// <exception cref="CommandException">They do not; the message names the setting.</exception>
    public void Validate()
    {
        if (Authority is null) return;
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out Uri? address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            throw new CommandException($"http.openid.authority {Authority} is no address with https: only on this machine may it be http.", ExitCode.Usage);
        if (ClientId.Length == 0) throw new CommandException("http.openid.client_id is missing: give the id by which the authority knows Ecart.", ExitCode.Usage);
    }
}
