using System.Text;
using System.Text.Unicode;

namespace Ecart.Events.Decoding;

/// <summary>Reads one record's fields by type and remembers the first fault, so that a decoder reads straight through.</summary>
internal ref struct FieldReader
{
    private static readonly FieldFault Missing = new(RejectReason.MissingField, "is missing: fill it in or map another column to it.");

    private static readonly FieldFault NotUtf8 = new(
        RejectReason.InvalidUtf8, "is not valid UTF-8: convert the source, for example with iconv -f LATIN1 -t UTF-8.");

    private static readonly FieldFault ControlCharacter = new(
        RejectReason.WrongType, "contains a control character: remove it, ids and names are printable text.");

    private readonly RecordFields _record;
    private readonly Utf8StringPool _pool;

    public FieldReader(RecordFields record, Utf8StringPool pool)
    {
        _record = record;
        _pool = pool;
    }

    /// <summary>True once a field was at fault; the values read are then meaningless.</summary>
    public bool HasFault { get; private set; }

    /// <summary>The field at fault.</summary>
    public int FaultyField { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public FieldFault Fault { get; private set; }

    /// <summary>Reports a field that the domain cannot accept. The first report stays.</summary>
    public void Fail(int field, FieldFault fault)
    {
        if (HasFault)
            return;

        HasFault = true;
        FaultyField = field;
        Fault = fault.Reason != RejectReason.InvalidUtf8 && !Utf8.IsValid(_record[field]) ? NotUtf8 : fault;
    }

    /// <summary>Printable text of limited length; null when absent.</summary>
    public string? Text(int field, int maximumCharacters, bool isRepeated = true)
    {
        var text = _record[field];
        if (text.IsEmpty)
            return null;
        if (isRepeated && _pool.TryGet(text, out var pooled) && pooled!.Length <= maximumCharacters)
            return pooled;

        if (!Utf8.IsValid(text))
            Fail(field, NotUtf8);
        else if (text.Length > maximumCharacters && CountCharacters(text) > maximumCharacters)
            Fail(field, new FieldFault(RejectReason.TooLong, $"has more than {maximumCharacters} characters: shorten it at the source."));
        else if (text.ContainsAnyInRange((byte)0, (byte)0x1F) || text.Contains((byte)0x7F))
            Fail(field, ControlCharacter);
        else
            return isRepeated ? _pool.Add(text) : Encoding.UTF8.GetString(text);
        return null;
    }

    /// <summary>Printable text that must be there.</summary>
    public string RequiredText(int field, int maximumCharacters, bool isRepeated = true)
    {
        var text = Text(field, maximumCharacters, isRepeated);
        if (text is null)
            Fail(field, Missing);
        return text ?? string.Empty;
    }

    /// <summary>An amount of money in hundredths; must be there.</summary>
    public long RequiredAmount(int field)
    {
        var text = _record[field];
        if (text.IsEmpty)
            Fail(field, Missing);
        else if (AmountText.TryParse(text, out var hundredths, out var fault))
            return hundredths;
        else
            Fail(field, fault);
        return 0;
    }

    /// <summary>A finite number within limits; NaN when absent.</summary>
    public double Number(int field, double minimum, double maximum)
    {
        var text = _record[field];
        if (text.IsEmpty)
            return double.NaN;

        if (!NumberText.TryParse(text, out var number, out var fault))
            Fail(field, fault);
        else if (number < minimum || number > maximum)
            Fail(field, new FieldFault(RejectReason.OutOfRange, $"is not between {minimum} and {maximum}: check unit and order."));
        return number;
    }

    /// <summary>A moment in UTC; must be there.</summary>
    public DateTime RequiredTimestamp(int field)
    {
        var moment = Timestamp(field);
        if (moment is null)
            Fail(field, Missing);
        return moment ?? DateTime.UnixEpoch;
    }

    /// <summary>A moment in UTC; null when absent.</summary>
    public DateTime? Timestamp(int field)
    {
        var text = _record[field];
        if (text.IsEmpty)
            return null;
        if (TimestampText.TryParse(text, out var moment, out var fault))
            return moment;

        Fail(field, fault);
        return null;
    }

    /// <summary><c>0</c>, <c>1</c>, <c>false</c> or <c>true</c>; null when absent.</summary>
    public bool? Flag(int field)
    {
        var text = _record[field];
        if (text.IsEmpty)
            return null;
        if (text.SequenceEqual("0"u8) || Ascii.EqualsIgnoreCase(text, "false"u8))
            return false;
        if (text.SequenceEqual("1"u8) || Ascii.EqualsIgnoreCase(text, "true"u8))
            return true;

        Fail(field, new FieldFault(RejectReason.WrongType, "is not 0, 1, false or true: leave it empty when the truth is unknown."));
        return null;
    }

    /// <summary>An IP address in its shortest form; null when absent.</summary>
    public string? IpAddress(int field)
    {
        var text = _record[field];
        if (text.IsEmpty)
            return null;
        if (IpAddressText.IsDottedDecimal(text))
            return _pool.TryGet(text, out var pooled) ? pooled : _pool.Add(text);
        if (IpAddressText.TryParseVersion6(text, out var shortest))
            return shortest;

        Fail(field, IpAddressText.NotAnAddress);
        return null;
    }

    /// <summary>Upper-case code of exactly this many ASCII letters; null when absent.</summary>
    public string? Code(int field, int letters, FieldFault otherwise)
    {
        var text = _record[field];
        if (text.IsEmpty)
            return null;

        Span<byte> upper = stackalloc byte[8];
        if (text.Length == letters && Ascii.ToUpper(text, upper, out _) == System.Buffers.OperationStatus.Done
            && !upper[..letters].ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
            return _pool.TryGet(upper[..letters], out var pooled) ? pooled : _pool.Add(upper[..letters]);

        Fail(field, otherwise);
        return null;
    }

    /// <summary>What the store counts: code points, not bytes.</summary>
    private static int CountCharacters(ReadOnlySpan<byte> validText)
    {
        var count = 0;
        foreach (var unit in validText)
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }
}
