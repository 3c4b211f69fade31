using System.Buffers.Text;

namespace Ecart.Events.Decoding;

/// <summary>Reads finite numbers.</summary>
internal static class NumberText
{
    private static readonly FieldFault NotANumber = new(
        RejectReason.WrongType, "is not a number: write digits with a point, for example -12.5.");

    private static readonly FieldFault NotFinite = new(
        RejectReason.NonFinite, "is not a finite number: leave the field empty when the value is unknown.");

    /// <summary>Reads decimal notation with or without exponent.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number, out FieldFault fault)
    {
        if (Utf8Parser.TryParse(text, out number, out var length) && length == text.Length)
        {
            fault = NotFinite;
            return double.IsFinite(number);
        }

        fault = SpellsNonFinite(text) ? NotFinite : NotANumber;
        return false;
    }

    private static bool SpellsNonFinite(ReadOnlySpan<byte> text)
    {
        var name = text.TrimStart("+-"u8);
        return Is(name, "nan"u8) || Is(name, "inf"u8) || Is(name, "infinity"u8) || name.SequenceEqual("∞"u8);

        static bool Is(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => System.Text.Ascii.EqualsIgnoreCase(left, right);
    }
}
