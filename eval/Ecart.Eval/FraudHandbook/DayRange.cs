using System.Globalization;

namespace Ecart.Eval.FraudHandbook;

/// <summary>Days from the first to the last, both included.</summary>
internal readonly record struct DayRange(DateOnly First, DateOnly Last)
{
    private const string Form = "yyyy-MM-dd";

    /// <summary>Whether a day lies in the range.</summary>
    public bool Contains(DateOnly day) => day >= First && day <= Last;

    /// <summary>The range moved by a number of days.</summary>
    public DayRange Move(int days) => new(First.AddDays(days), Last.AddDays(days));

    /// <summary>Reads <c>2018-08-08..2018-08-14</c>; one day alone is a range too.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">The range, not empty.</param>
    /// <param name="error">What is wrong and what to write.</param>
    public static bool TryParse(string text, out DayRange range, out string error)
    {
        string[] parts = text.Split("..");
        range = default;
        error = string.Empty;
        if (parts.Length > 2)
        {
            error = $"'{text}' is not a range of days: write FIRST..LAST, for example 2018-08-08..2018-08-14.";
            return false;
        }

        if (!TryParseDay(parts[0], out DateOnly first, out error) || !TryParseDay(parts[^1], out DateOnly last, out error)) return false;
        if (last < first)
        {
            error = $"The range {text} is empty: its last day is before its first. Write the earlier day first.";
            return false;
        }

        range = new DayRange(first, last);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        First.ToString(Form, CultureInfo.InvariantCulture) + ".." + Last.ToString(Form, CultureInfo.InvariantCulture);

    private static bool TryParseDay(string text, out DateOnly day, out string error)
    {
        error = string.Empty;
        if (DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return true;
        error = $"'{text}' is not a day of the calendar: write it as YYYY-MM-DD, a range as FIRST..LAST.";
        return false;
    }
}
