using System.Text;
using System.Text.Json;

namespace Ecart.Client;

/// <summary>A path with a query, put together. Not thread-safe.</summary>
internal sealed class QueryText(string path)
{
    private readonly StringBuilder text = new(path);
    private char separator = '?';

    /// <summary>Adds a parameter, unless it has no value.</summary>
    public QueryText Add(string name, string? value)
    {
        if (value is null) return this;
        text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        separator = '&';
        return this;
    }

    /// <summary>Adds a word of an enumeration, unless it has no value.</summary>
    public QueryText Add<TChoice>(string name, TChoice? choice)
        where TChoice : struct, Enum => Add(name, choice is { } chosen ? JsonNamingPolicy.SnakeCaseLower.ConvertName(chosen.ToString()) : null);

    public override string ToString() => text.ToString();
}
