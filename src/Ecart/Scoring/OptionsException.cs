using System.Globalization;
using System.Numerics;

namespace Ecart.Scoring;

/// <summary>A configured value is not one that can be used. The message names the setting, the value and the range.</summary>
public sealed class OptionsException : Exception
{
    /// <summary>Makes an exception with a message for a person.</summary>
    public OptionsException(string message)
        : base(message)
    {
    }

    /// <summary>Throws unless <paramref name="condition"/> holds.</summary>
    public static void Require(bool condition, string setting, object? value, string expected)
    {
        if (condition) return;
        throw new OptionsException(string.Create(CultureInfo.InvariantCulture, $"Setting '{setting}' is {value ?? "absent"}; it must be {expected}."));
    }

    /// <summary>Throws unless the value is finite and between the bounds, both included.</summary>
    public static void RequireRange<TNumber>(TNumber value, TNumber minimum, TNumber maximum, string setting)
        where TNumber : INumber<TNumber> =>
        Require(value >= minimum && value <= maximum, setting, value, string.Create(CultureInfo.InvariantCulture, $"between {minimum} and {maximum}"));
}
