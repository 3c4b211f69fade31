namespace Ecart.Alerting.Targets;

/// <summary>What must stand in no log line, metric or error: takes it out of texts, as servers and libraries repeat what they were given. Thread-safe.</summary>
internal sealed class Secrets(params IEnumerable<string?> values)
{
    private const int Shortest = 4;

    // The longest first: one may hold another.
    private readonly string[] values = [.. values.OfType<string>().Where(value => value.Length >= Shortest).Distinct().OrderByDescending(value => value.Length)];

    /// <summary>An address with everything in it that may be secret.</summary>
    public static Secrets OfAddress(Uri address, params IEnumerable<string?> others) =>
        new([address.OriginalString, address.AbsoluteUri, address.PathAndQuery, address.AbsolutePath.Trim('/'), address.UserInfo, .. others]);

    public string Remove(string text) => values.Aggregate(text, static (left, secret) => left.Replace(secret, "***", StringComparison.Ordinal));
}
