using Ecart.MariaDb.Access;
using Ecart.Scoring;

namespace Ecart.App.Serve.Http;

/// <summary>The names under which enumerations appear in answers.</summary>
internal static class Names
{
    private static readonly string[] Decisions = [.. Enum.GetNames<Decision>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] Severities = [.. Enum.GetNames<Severity>().Select(name => name.ToLowerInvariant())];

    private static readonly string[] Roles = [.. Enum.GetNames<AccessRole>().Select(name => name.ToLowerInvariant())];

    public static string Of(AccessRole role) => Enum.IsDefined(role) ? Roles[(int)role - 1] : "none";

    public static string Of(Decision decision) => Decisions[(int)decision];

    public static string Of(Severity severity) => Severities[(int)severity];
}
