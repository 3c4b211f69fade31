using System.Diagnostics.CodeAnalysis;

namespace Ecart.Events.Decoding;

/// <summary>The written form of a <see cref="FieldMap"/>.</summary>
internal static class FieldMapText
{
    /// <summary>Splits at commas outside quotes; blank parts are left out.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        var quote = '\0';
        for (var index = 0; index <= text.Length; index++)
        {
            if (index == text.Length || (text[index] == ',' && quote == '\0'))
            {
                var part = text[start..index].Trim();
                if (part.Length > 0)
                    yield return part;
                start = index + 1;
            }
            else if (quote == text[index])
            {
                quote = '\0';
            }
            else if (quote == '\0' && text[index] is '\'' or '"')
            {
                quote = text[index];
            }
        }
    }

    /// <summary>Reads <c>field=COLUMN</c>, <c>field="COLUMN"</c> or <c>field='constant'</c>.</summary>
    public static bool TryParseAssignment(string assignment, out string name, [NotNullWhen(true)] out FieldMapEntry? entry)
    {
        entry = null;
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        name = equals < 0 ? assignment : assignment[..equals].Trim();
        if (equals <= 0)
            return false;

        var value = assignment[(equals + 1)..].Trim();
        if (value.Length == 0)
            return false;

        var quote = value[0];
        if (quote is not ('\'' or '"'))
        {
            entry = new FieldMapEntry(value, IsConstant: false);
            return true;
        }

        if (value.Length < 2 || value[^1] != quote)
            return false;

        var text = value[1..^1].Replace($"{quote}{quote}", quote.ToString(), StringComparison.Ordinal);
        entry = new FieldMapEntry(text, IsConstant: quote == '\'');
        return text.Length > 0;
    }
}
