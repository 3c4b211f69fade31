namespace Ecart.Checker.Comparing;

/// <summary>What is wrong, counted by kind with the first few examples of each.</summary>
internal sealed class Findings
{
    private const int Examples = 3;
    private readonly Dictionary<string, (long Count, List<string> Examples)> byKind = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public long Count => byKind.Values.Sum(kind => kind.Count);

    /// <summary>One line a kind.</summary>
    public IEnumerable<string> Lines => byKind.Select(kind => $"{kind.Key}: {kind.Value.Count:N0}, for example {string.Join("; ", kind.Value.Examples)}");

    /// <summary>Takes note of one.</summary>
    public void Add(string kind, string example)
    {
        (long count, List<string> examples) = byKind.TryGetValue(kind, out (long Count, List<string> Examples) known) ? known : (0, []);
        if (examples.Count < Examples) examples.Add(example);
        byKind[kind] = (count + 1, examples);
    }

    /// <summary>Takes note unless two numbers are equal.</summary>
    public void Expect(string kind, long expected, long actual)
    {
        if (expected != actual) Add(kind, $"expected {expected:N0}, found {actual:N0}");
    }
}
