using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Gives one object for equal texts of many rows: ids recur. Bounded; not thread-safe.</summary>
internal sealed class SharedTexts
{
    private const int Most = 1_000_000;
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The text of a column; null for NULL.</summary>
    public string? Read(MySqlDataReader row, int column) => row.IsDBNull(column) ? null : Share(row.GetString(column));

    /// <summary>The object that stands for a text.</summary>
    public string Share(string text)
    {
        if (known.TryGetValue(text, out string? shared)) return shared;
        if (known.Count < Most) known.Add(text, text);
        return text;
    }
}
