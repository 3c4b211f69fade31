using System.CommandLine.Parsing;
using System.Globalization;

namespace Ecart.App.Commands;

/// <summary>Durations as people write them: <c>7d</c>, <c>12h</c>, <c>30m</c>, <c>45s</c>.</summary>
internal static class DurationText
{
    /// <summary>Parses an option's only value.</summary>
    public static TimeSpan Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (TryParse(text, out TimeSpan duration)) return duration;
        result.AddError($"'{text}' is not a duration: write a number with d, h, m or s, for example 7d or 12h.");
        return default;
    }

    /// <summary>Reads a duration of 0 to 3,650 days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            return false;
        double? seconds = text[^1] switch
        {
            'd' => number * 86_400,
            'h' => number * 3_600,
            'm' => number * 60,
            's' => number,
            _ => null,
        };
        if (seconds is not { } known || known > 3650.0 * 86_400) return false;
        duration = TimeSpan.FromSeconds(known);
        return true;
    }
}
