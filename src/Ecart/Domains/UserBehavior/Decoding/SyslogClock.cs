using System.Globalization;

namespace Ecart.Domains.UserBehavior.Decoding;

/// <summary>
/// Reads the times of a log in the order of its lines. Those without a year take it from the lines before, or from now. Those without a zone are local; where
/// clocks are put back, the second of two equal hours is taken when the first would go back in time. Not thread-safe: one a log.
/// </summary>
/// <param name="zone">Zone of times without one.</param>
/// <param name="firstYear">Year of the first line; null for the latest that is not in the future.</param>
internal sealed class SyslogClock(TimeZoneInfo zone, int? firstYear)
{
    /// <summary>A month so much earlier than the last line's is of a new year.</summary>
    private const int MonthsBack = 6;

    private static readonly string[] Traditional = ["MMM d HH:mm:ss", "MMM dd HH:mm:ss"];
    private DateTime previous;
    private int year;
    private int month;

    /// <param name="text">As it is written.</param>
    /// <param name="latest">The latest moment that a time without a year may mean.</param>
    /// <param name="moment">UTC, whole microseconds.</param>
    public bool TryRead(ReadOnlySpan<char> text, DateTime latest, out DateTime moment)
    {
        moment = default;
        if (text.Length > 0 && char.IsAsciiDigit(text[0]))
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset written)) return false;
            bool hasZone = text.EndsWith("Z", StringComparison.OrdinalIgnoreCase) || text.LastIndexOfAny('+', '-') > "2026-11-27".Length;
            moment = hasZone ? written.UtcDateTime : ToUtc(written.DateTime);
            moment = new DateTime(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
            previous = moment;
            return true;
        }

        if (!TryReadYear(text, latest, out DateTime local)) return false;
        moment = ToUtc(local);
        previous = moment;
        return true;
    }

    private bool TryReadYear(ReadOnlySpan<char> text, DateTime latest, out DateTime local)
    {
        // A leap year takes every day.
        const int leapYear = 2000;
        local = default;
        Span<char> dated = stackalloc char[text.Length + 5];
        leapYear.TryFormat(dated, out int digits, default, CultureInfo.InvariantCulture);
        dated[digits] = ' ';
        text.CopyTo(dated[(digits + 1)..]);
        if (!DateTime.TryParseExact(
            dated, [.. Traditional.Select(form => "yyyy " + form)], CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out DateTime read))
            return false;

        if (firstYear is { } given) NextYear(given, read.Month);
        else year = LatestYear(read, latest);
        month = read.Month;
        while (read is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year)) year--;
        local = new DateTime(year, read.Month, read.Day, read.Hour, read.Minute, read.Second, DateTimeKind.Unspecified);
        return true;
    }

    private void NextYear(int given, int nextMonth)
    {
        if (year == 0) year = given;
        else if (month - nextMonth >= MonthsBack) year++;
        else if (nextMonth == 12 && month == 1 && year > given) year--;
    }

    private int LatestYear(DateTime read, DateTime latest)
    {
        int candidate = latest.Year + 1;
        while (candidate > 1 && Moment(candidate, read) > latest) candidate--;
        return candidate;
    }

    private DateTime Moment(int candidate, DateTime read)
    {
        int day = Math.Min(read.Day, DateTime.DaysInMonth(candidate, read.Month));
        return Convert(new DateTime(candidate, read.Month, day, read.Hour, read.Minute, read.Second, DateTimeKind.Unspecified));
    }

    private DateTime ToUtc(DateTime local)
    {
        if (!zone.IsAmbiguousTime(local)) return Convert(local);
        TimeSpan[] offsets = zone.GetAmbiguousTimeOffsets(local);
        DateTime first = DateTime.SpecifyKind(local - offsets.Max(), DateTimeKind.Utc);
        return first >= previous ? first : DateTime.SpecifyKind(local - offsets.Min(), DateTimeKind.Utc);
    }

    private DateTime Convert(DateTime local) => TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
}
