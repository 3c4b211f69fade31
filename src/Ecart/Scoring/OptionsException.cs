using System.Globalization;
using System.Numerics;

namespace Ecart.Scoring;

/// <summary>A configured value is not one that can be used. The message names the setting, the value and the range.</summary>
public sealed class OptionsException : Exception
{
    /// <summary>Where a check that is to find everything puts what it finds; null for the usual one, which ends with its first finding.</summary>
    [ThreadStatic]
    private static List<OptionsException>? collected;

    /// <summary>Makes an exception with a message for a person.</summary>
    public OptionsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception of one setting.</summary>
    /// <param name="setting">Path of the setting, as <c>rules[2].expression</c>.</param>
    /// <param name="position">Character of the value at which it goes wrong, from 1; 0 for all of it.</param>
    /// <param name="message">For a person.</param>
    public OptionsException(string setting, int position, string message)
        : base(message)
    {
        Setting = setting;
        Position = position;
    }

    /// <summary>Path of the setting, as <c>rules[2].expression</c>; null when it is none in particular.</summary>
    public string? Setting { get; }

    /// <summary>Character of the value at which it goes wrong, from 1; 0 for all of it.</summary>
    public int Position { get; }

    /// <summary>Throws unless <paramref name="condition"/> holds.</summary>
    public static void Require(bool condition, string setting, object? value, string expected)
    {
        if (!condition) throw Of(setting, value, expected);
    }

    /// <summary>Throws unless the value is finite and between the bounds, both included.</summary>
    public static void RequireRange<TNumber>(TNumber value, TNumber minimum, TNumber maximum, string setting)
        where TNumber : INumber<TNumber>
    {
        if (value >= minimum && value <= maximum) return;
        OptionsException error = Of(setting, value, string.Create(CultureInfo.InvariantCulture, $"between {minimum} and {maximum}"));
        if (collected is null) throw error;
        // Without room between them the bounds themselves depend on a setting that is wrong, which is told already.
        if (minimum <= maximum) collected.Add(error);
    }

    /// <summary>Runs a check to its first failure other than a number out of its range: those are collected, and the check goes on.</summary>
    /// <param name="check">Must not rely on what <see cref="RequireRange"/> requires.</param>
    /// <param name="problems">Receives what was found.</param>
    internal static void Collect(Action check, List<OptionsException> problems)
    {
        collected = problems;
        try
        {
            check();
        }
        catch (OptionsException error)
        {
            problems.Add(error);
        }
        finally
        {
            collected = null;
        }
    }

    private static OptionsException Of(string setting, object? value, string expected) =>
        new(setting, 0, string.Create(CultureInfo.InvariantCulture, $"Setting '{setting}' is {value ?? "absent"}; it must be {expected}."));
}
