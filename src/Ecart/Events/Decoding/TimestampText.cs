namespace Ecart.Events.Decoding;

/// <summary>
/// Reads moments: ISO 8601 (<c>2018-04-01T07:30:00.25+02:00</c>, a blank for the T, no zone means UTC) and Unix seconds or milliseconds.
/// Cut to whole microseconds.
/// </summary>
internal static class TimestampText
{
    private const int MaximumUnixSecondsDigits = 11;
    private const int MaximumUnixDigits = 14;

    private static readonly FieldFault Unreadable = new(
        RejectReason.WrongType,
        "is not a date with time: write 2018-04-01T07:30:00Z (blank for T, fraction and +02:00 are understood), or Unix seconds or milliseconds.");

    private static readonly FieldFault Impossible = new(
        RejectReason.OutOfRange, "is not a date of the calendar or not a time of day: check the order of year, month and day.");

    /// <summary>Reads a moment as UTC.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="moment">The moment, whole microseconds.</param>
    /// <param name="fault">What is wrong, when the result is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime moment, out FieldFault fault)
    {
        if (text.Length < 5 || text[4] != '-')
            return TryParseUnix(text, out moment, out fault);

        moment = default;
        fault = Unreadable;
        if (text.Length < 19 || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':')
            return false;

        var year = (100 * TwoDigits(text, 0)) + TwoDigits(text, 2);
        var month = TwoDigits(text, 5);
        var day = TwoDigits(text, 8);
        var hour = TwoDigits(text, 11);
        var minute = TwoDigits(text, 14);
        var second = TwoDigits(text, 17);
        if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0)
            return false;

        var rest = text[19..];
        if (!TryReadFraction(ref rest, out var microseconds) || !TryReadOffset(rest, out var offsetMinutes))
            return false;

        fault = Impossible;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks
            + (microseconds * TimeSpan.TicksPerMicrosecond) - (offsetMinutes * TimeSpan.TicksPerMinute);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;

        moment = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    private static bool TryParseUnix(ReadOnlySpan<byte> text, out DateTime moment, out FieldFault fault)
    {
        moment = default;
        fault = Unreadable;
        var length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = length < 0 ? text : text[..length];
        if (digits.Length is 0 or > MaximumUnixDigits)
            return false;

        var number = 0L;
        foreach (var digit in digits)
            number = (10 * number) + (digit - '0');
        var microseconds = 0;
        var rest = text[digits.Length..];
        if (digits.Length <= MaximumUnixSecondsDigits && !TryReadFraction(ref rest, out microseconds))
            return false;
        if (!rest.IsEmpty)
            return false;

        var unit = digits.Length <= MaximumUnixSecondsDigits ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond;
        moment = DateTime.UnixEpoch.AddTicks((number * unit) + (microseconds * TimeSpan.TicksPerMicrosecond));
        return true;
    }

    /// <summary>Takes <c>.123456</c> off the front; digits after the sixth are cut.</summary>
    private static bool TryReadFraction(ref ReadOnlySpan<byte> rest, out int microseconds)
    {
        microseconds = 0;
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)','))
            return true;

        var end = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? rest[1..] : rest.Slice(1, end);
        for (var place = 0; place < 6; place++)
            microseconds = (10 * microseconds) + (place < digits.Length ? digits[place] - '0' : 0);
        rest = rest[(1 + digits.Length)..];
        return !digits.IsEmpty;
    }

    /// <summary>Reads nothing, <c>Z</c>, <c>+02</c>, <c>+0200</c> or <c>+02:00</c>.</summary>
    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
            return true;
        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || (text.Length == 6 && text[3] != ':'))
            return false;

        var hour = TwoDigits(text, 1);
        var minute = text.Length == 3 ? 0 : TwoDigits(text, text.Length - 2);
        minutes = ((60 * hour) + minute) * (text[0] == '-' ? -1 : 1);
        return hour is >= 0 and <= 14 && minute is >= 0 and <= 59;
    }

    /// <returns>0 to 99, or a number far below 0 when these are not two digits.</returns>
    private static int TwoDigits(ReadOnlySpan<byte> text, int start)
    {
        var tens = (uint)(text[start] - '0');
        var ones = (uint)(text[start + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((10 * tens) + ones) : -100_000;
    }
}
