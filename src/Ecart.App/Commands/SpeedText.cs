using System.CommandLine.Parsing;
using System.Globalization;

namespace Ecart.App.Commands;

/// <summary>Replay speeds as people write them: <c>max</c>, or a multiple of real time such as <c>10x</c>.</summary>
internal static class SpeedText
{
    /// <summary>Parses an option's only value; null is as fast as possible.</summary>
    public static double? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (TryParse(text, out double? speed)) return speed;
        result.AddError($"'{text}' is not a speed: write max, or a multiple of real time above 0 such as 1x, 10x or 0.5x.");
        return null;
    }

    /// <summary>Reads a speed.</summary>
    public static bool TryParse(string text, out double? speed)
    {
        speed = null;
        if (text == "max") return true;
        if (!text.EndsWith('x')
            || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor)
            || !(factor > 0)
            || factor > 1e9)
            return false;
        speed = factor;
        return true;
    }
}
