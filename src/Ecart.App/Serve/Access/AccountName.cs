using System.Text.RegularExpressions;

namespace Ecart.App.Serve.Access;

/// <summary>Names of users and keys.</summary>
internal static partial class AccountName
{
    /// <summary>What a name may be, for people.</summary>
    public const string Form = "1 to 64 lower-case letters, digits and . _ @ -, beginning with a letter or digit";

    /// <summary>Whether a text is a name.</summary>
    public static bool IsName(string? text) => text is not null && Pattern().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._@-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
