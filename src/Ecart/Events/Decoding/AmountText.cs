using System.Globalization;

namespace Ecart.Events.Decoding;

/// <summary>Reads amounts of money, rounded half to even to two decimals exactly as written (never through a binary fraction).</summary>
internal static class AmountText
{
    /// <summary>Largest amount in hundredths: 9,999,999,999,999.99.</summary>
    public const long MaximumHundredths = 999_999_999_999_999;

    private static readonly FieldFault NotANumber = new(
        RejectReason.WrongType, "is not a number: write digits with a point and without thousands separators, for example 1234.56.");

    private static readonly FieldFault NotFinite = new(RejectReason.NonFinite, "is not a finite number: give the amount that was paid.");

    private static readonly FieldFault Negative = new(
        RejectReason.OutOfRange, "is negative: give the size of the payment, and leave refunds out.");

    private static readonly FieldFault TooLarge = new(
        RejectReason.OutOfRange, "is more than 9999999999999.99, the largest amount that is stored: check unit and separators.");

    /// <summary>Reads <c>[+-]digits[.digits][e±digits]</c>.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="hundredths">The amount in hundredths, 0 to <see cref="MaximumHundredths"/>.</param>
    /// <param name="fault">What is wrong, when the result is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long hundredths, out FieldFault fault)
    {
        hundredths = 0;
        fault = default;
        var isNegative = text[0] == '-';
        var digits = isNegative || text[0] == '+' ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        if (whole.Length + fraction.Length == 0 || !AreDigits(whole) || !AreDigits(fraction))
            return TryParseGeneral(text, out hundredths, out fault);

        if (isNegative && (whole.ContainsAnyExcept((byte)'0') || fraction.ContainsAnyExcept((byte)'0')))
        {
            fault = Negative;
            return false;
        }

        if (!TryRead(whole.TrimStart((byte)'0'), fraction, out hundredths))
        {
            fault = TooLarge;
            return false;
        }

        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, out long hundredths)
    {
        hundredths = 0;
        if (whole.Length > 13)
            return false;

        foreach (var digit in whole)
            hundredths = (10 * hundredths) + (digit - '0');
        for (var place = 0; place < 2; place++)
            hundredths = (10 * hundredths) + (place < fraction.Length ? fraction[place] - '0' : 0);
        if (fraction.Length > 2 && RoundsUp(fraction[2..], isOdd: (hundredths & 1) != 0))
            hundredths++;
        return hundredths <= MaximumHundredths;
    }

    private static bool RoundsUp(ReadOnlySpan<byte> rest, bool isOdd)
    {
        if (rest[0] != '5')
            return rest[0] > '5';

        return isOdd || rest[1..].ContainsAnyExcept((byte)'0');
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>Exponents, and telling apart what is not a number.</summary>
    private static bool TryParseGeneral(ReadOnlySpan<byte> text, out long hundredths, out FieldFault fault)
    {
        hundredths = 0;
        fault = NotANumber;
        if (!NumberText.TryParse(text, out var number, out var numberFault))
        {
            fault = numberFault.Reason == RejectReason.NonFinite ? NotFinite : NotANumber;
            return false;
        }

        if (number < 0)
        {
            fault = Negative;
            return false;
        }

        // Outside decimal's range means beyond the largest amount, because the smallest numbers become 0.
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            || (amount = Math.Round(amount, 2, MidpointRounding.ToEven)) * 100 > MaximumHundredths)
        {
            fault = TooLarge;
            return false;
        }

        hundredths = (long)(amount * 100);
        return true;
    }
}
