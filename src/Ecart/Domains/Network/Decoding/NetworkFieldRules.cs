using System.Buffers.Text;
using System.Text;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Network.Decoding;

/// <summary>What the network domain accepts in the fields whose meaning goes beyond their type.</summary>
internal sealed class NetworkFieldRules(NetworkDecoderOptions options, TimeProvider time)
{
    private const int MaximumLabelLength = 64;
    private const int LargestPort = 65_535;
    private const int SlashedDateLength = 19;

    private static readonly FieldFault NotAPort = new(RejectReason.OutOfRange, "is not a port: give 0 to 65535.");
    private static readonly FieldFault NotACount = new(RejectReason.WrongType, "is not a count: give a whole number of 0 or more, or leave the field empty.");
    private static readonly FieldFault NotADuration = new(RejectReason.WrongType, "is not a duration: give seconds, 0 or more, or leave the field empty.");

    private static readonly FieldFault OtherDomain = new(
        RejectReason.UnknownValue, "is not network: choose the record's domain with --domain, or map the constant domain='network'.");

    private DateTime latest;

    /// <summary>The text of a field; empty for Zeek's unset <c>-</c> and <c>(empty)</c>.</summary>
    public static ReadOnlySpan<byte> Of(in RecordFields record, int field)
    {
        ReadOnlySpan<byte> text = record[field];
        bool isUnset = text.Length == 1 ? text[0] == '-' : text.Length == 7 && text.SequenceEqual("(empty)"u8);
        return isUnset ? [] : text;
    }

    public static void CheckDomain(in RecordFields record, ref FieldReader fields)
    {
        ReadOnlySpan<byte> text = Of(in record, NetworkField.Domain);
        if (!text.IsEmpty && !Ascii.EqualsIgnoreCase(text, "network"u8)) fields.Fail(NetworkField.Domain, OtherDomain);
    }

    public DateTime OccurredAt(in RecordFields record, ref FieldReader fields)
    {
        ReadOnlySpan<byte> text = record[NetworkField.OccurredAt];
        DateTime moment = DateTime.UnixEpoch;
        if (text.Length >= SlashedDateLength && text[4] == '/' && text[7] == '/') moment = Slashed(text, ref fields);
        else moment = fields.RequiredTimestamp(NetworkField.OccurredAt);
        if (!fields.HasFault) CheckRange(ref fields, moment);
        return moment;
    }

    /// <summary>A port in decimal or, as Argus writes ICMP types, in hexadecimal digits; 0 when absent.</summary>
    public static int Port(in RecordFields record, ref FieldReader fields, int field)
    {
        ReadOnlySpan<byte> text = Of(in record, field);
        if (text.IsEmpty) return 0;
        int number;
        bool isHexadecimal = text.StartsWith("0x"u8);
        bool isNumber = isHexadecimal
            ? Utf8Parser.TryParse(text[2..], out number, out int length, 'x') && length == text.Length - 2
            : Utf8Parser.TryParse(text, out number, out length) && length == text.Length;
        if (isNumber && number is >= 0 and <= LargestPort) return number;
        fields.Fail(field, NotAPort);
        return 0;
    }

    /// <summary>A count; −1 when absent.</summary>
    public static long Count(in RecordFields record, ref FieldReader fields, int field)
    {
        ReadOnlySpan<byte> text = Of(in record, field);
        if (text.IsEmpty) return -1;
        if (Utf8Parser.TryParse(text, out long number, out int length) && length == text.Length && number >= 0) return number;
        if (Utf8Parser.TryParse(text, out double real, out length) && length == text.Length && real is >= 0 and <= long.MaxValue / 2) return (long)real;
        fields.Fail(field, NotACount);
        return -1;
    }

    /// <summary>Seconds; 0 when absent.</summary>
    public static double Duration(in RecordFields record, ref FieldReader fields)
    {
        ReadOnlySpan<byte> text = Of(in record, NetworkField.Duration);
        if (text.IsEmpty) return 0;
        if (Utf8Parser.TryParse(text, out double seconds, out int length) && length == text.Length && double.IsFinite(seconds) && seconds >= 0) return seconds;
        fields.Fail(NetworkField.Duration, NotADuration);
        return 0;
    }

    public static NetworkProtocol Protocol(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || Ascii.EqualsIgnoreCase(text, "tcp"u8) || text.SequenceEqual("6"u8)) return NetworkProtocol.Tcp;
        if (Ascii.EqualsIgnoreCase(text, "udp"u8) || text.SequenceEqual("17"u8)) return NetworkProtocol.Udp;
        bool isIcmp = Ascii.EqualsIgnoreCase(text, "icmp"u8) || Ascii.EqualsIgnoreCase(text, "ipv6-icmp"u8) || Ascii.EqualsIgnoreCase(text, "icmp6"u8)
            || Ascii.EqualsIgnoreCase(text, "icmpv6"u8) || text.SequenceEqual("1"u8) || text.SequenceEqual("58"u8);
        return isIcmp ? NetworkProtocol.Icmp : NetworkProtocol.Other;
    }

    /// <summary>Zeek's <c>T</c> and <c>F</c>, or true and false; null when absent or unknown.</summary>
    public static bool? Flag(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("T"u8) || text.SequenceEqual("1"u8) || Ascii.EqualsIgnoreCase(text, "true"u8)) return true;
        if (text.SequenceEqual("F"u8) || text.SequenceEqual("0"u8) || Ascii.EqualsIgnoreCase(text, "false"u8)) return false;
        return null;
    }

    /// <summary>What a capture's own label says; null when it says nothing that is understood.</summary>
    public static TruthLabel? Truth(in RecordFields record, ref FieldReader fields)
    {
        ReadOnlySpan<byte> text = Of(in record, NetworkField.Label);
        if (text.IsEmpty) return null;
        bool isMalicious = Has(text, "malicious"u8) || Has(text, "botnet"u8) || Has(text, "attack"u8) || Flag(text) == true;
        bool isNormal = Has(text, "benign"u8) || Has(text, "normal"u8) || Has(text, "background"u8) || Flag(text) == false;
        if (isMalicious == isNormal) return null;
        string? kind = Of(in record, NetworkField.LabelKind).IsEmpty ? null : fields.Text(NetworkField.LabelKind, 4 * MaximumLabelLength);
        return new TruthLabel(isMalicious, kind?.Length > MaximumLabelLength ? kind[..MaximumLabelLength] : kind, null);
    }

    private static bool Has(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerWord)
    {
        for (int i = 0; i + lowerWord.Length <= text.Length; i++)
            if (Ascii.EqualsIgnoreCase(text.Slice(i, lowerWord.Length), lowerWord)) return true;
        return false;
    }

    /// <summary>Argus: <c>2013/12/17 22:09:19.500617</c>.</summary>
    private static DateTime Slashed(ReadOnlySpan<byte> text, ref FieldReader fields)
    {
        Span<byte> dashed = stackalloc byte[40];
        if (text.Length <= dashed.Length)
        {
            text.CopyTo(dashed);
            dashed[4] = (byte)'-';
            dashed[7] = (byte)'-';
            if (TimestampText.TryParse(dashed[..text.Length], out DateTime moment, out FieldFault fault)) return moment;
            fields.Fail(NetworkField.OccurredAt, fault);
        }

        fields.Fail(NetworkField.OccurredAt, new FieldFault(RejectReason.WrongType, "is not a date with time."));
        return DateTime.UnixEpoch;
    }

    private void CheckRange(ref FieldReader fields, DateTime moment)
    {
        // The clock is asked only for moments beyond the latest that it has allowed so far.
        if (moment > latest) latest = time.GetUtcNow().UtcDateTime + options.FutureTolerance;
        if (moment >= options.Earliest && moment <= latest) return;
        fields.Fail(NetworkField.OccurredAt, new FieldFault(
            RejectReason.OutOfRange,
            $"is {moment:yyyy-MM-dd HH:mm:ss} UTC, not between {options.Earliest:yyyy-MM-dd} and {latest:yyyy-MM-dd HH:mm}: check its form and unit."));
    }
}
