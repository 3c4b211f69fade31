namespace Ecart.Embedded.Provisioning;

/// <summary>Reads apt's source files, in the one-line and in the deb822 format (man sources.list). What it cannot read it skips.</summary>
internal static class AptSources
{
    private static readonly HashSet<string> DebianSuites = new(StringComparer.Ordinal)
    {
        "buster", "bullseye", "bookworm", "trixie", "forky", "duke", "sid", "oldoldstable", "oldstable", "stable", "testing", "unstable",
    };

    /// <summary>Every enabled binary source of the files below <paramref name="aptFolder"/> (usually /etc/apt), in apt's order.</summary>
    public static IReadOnlyList<AptSource> Read(string aptFolder)
    {
        var parts = Path.Combine(aptFolder, "sources.list.d");
        var partFiles = Directory.Exists(parts) ? Directory.GetFiles(parts) : [];
        string[] files = [Path.Combine(aptFolder, "sources.list"), .. partFiles.Order(StringComparer.Ordinal)];
        return [.. files.Where(File.Exists).SelectMany(file => file.EndsWith(".sources", StringComparison.Ordinal)
            ? ParseDeb822(File.ReadAllText(file))
            : file.EndsWith(".list", StringComparison.Ordinal) ? ParseOneLine(File.ReadAllText(file)) : [])];
    }

    /// <summary>Address of a Debian mirror among <paramref name="sources"/>; null when they name none.</summary>
    public static string? DebianMirror(IEnumerable<AptSource> sources) =>
        sources.FirstOrDefault(source => DebianSuites.Contains(source.Suite) && source.Components.Contains("main"))?.Address;

    internal static IEnumerable<AptSource> ParseOneLine(string text)
    {
        foreach (var line in text.Split('\n').Select(WithoutComment))
        {
            if (!line.StartsWith("deb ", StringComparison.Ordinal) && !line.StartsWith("deb\t", StringComparison.Ordinal)) continue;
            var rest = line[3..].Trim();
            if (rest.StartsWith('['))
            {
                var end = rest.IndexOf(']', StringComparison.Ordinal);
                if (end < 0) continue;
                rest = rest[(end + 1)..];
            }

            var words = Words(rest);
            if (words.Length >= 2) yield return new AptSource(words[0], words[1].TrimEnd('/'), words[2..]);
        }
    }

    internal static IEnumerable<AptSource> ParseDeb822(string text) =>
        Stanzas(text)
            .Where(stanza => Words(stanza.GetValueOrDefault("types", "")).Contains("deb"))
            .Where(stanza => stanza.GetValueOrDefault("enabled", "yes").Trim() is not ("no" or "false" or "0" or "off" or "without" or "disable"))
            .SelectMany(stanza => Words(stanza.GetValueOrDefault("uris", ""))
                .SelectMany(address => Words(stanza.GetValueOrDefault("suites", ""))
                    .Select(suite => new AptSource(address, suite.TrimEnd('/'), Words(stanza.GetValueOrDefault("components", ""))))));

    private static IEnumerable<Dictionary<string, string>> Stanzas(string text)
    {
        Dictionary<string, string> stanza = new(StringComparer.OrdinalIgnoreCase);
        var name = "";
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')).Append(""))
        {
            if (line.StartsWith('#')) continue;
            if (line.Trim().Length == 0)
            {
                if (stanza.Count > 0) yield return stanza;
                stanza = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                name = "";
            }
            else if (line[0] is ' ' or '\t')
            {
                if (name.Length > 0) stanza[name] += " " + line.Trim();
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                name = line[..colon];
                stanza[name] = line[(colon + 1)..].Trim();
            }
        }
    }

    private static string WithoutComment(string line) =>
        (line.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? line[..hash] : line).Trim();

    private static string[] Words(string text) => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
