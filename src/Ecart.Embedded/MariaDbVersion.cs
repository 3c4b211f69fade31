using System.Text.RegularExpressions;

namespace Ecart.Embedded;

/// <summary>Version of a MariaDB server. Ordered.</summary>
internal readonly partial record struct MariaDbVersion(int Major, int Minor, int Patch) : IComparable<MariaDbVersion>
{
    /// <summary>The least version with the VECTOR type.</summary>
    public static MariaDbVersion Least { get; } = new(11, 7, 0);

    public bool HasVectors => CompareTo(Least) >= 0;

    /// <summary>
    /// Reads what <c>mariadbd --version</c> or <c>SELECT VERSION()</c> says: <c>mariadbd  Ver 11.8.6-MariaDB-0+deb13u1 ...</c>.
    /// Null for anything else, MySQL included.
    /// </summary>
    public static MariaDbVersion? Parse(string text)
    {
        // Replication-compatible versions are told as 5.5.5-10.11.2-MariaDB: the number next to the name counts.
        var match = VersionPattern().Match(text);
        return match.Success
            ? new MariaDbVersion(int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value), int.Parse(match.Groups[3].Value))
            : null;
    }

    public int CompareTo(MariaDbVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    [GeneratedRegex(@"(\d{1,4})\.(\d{1,4})\.(\d{1,4})-MariaDB", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
