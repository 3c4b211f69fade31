using System.Text;

namespace Ecart.Events.Decoding;

/// <summary>One record's texts by field, as UTF-8. Valid only until the reader moves on.</summary>
public readonly ref struct RecordFields
{
    private const int MaximumValueLength = 200;
    private const int MaximumPayloadLength = 64 * 1024;

    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<FieldRange> _columns;
    private readonly FieldBinding _binding;

    /// <param name="raw">The record as it came, for the rejected table.</param>
    /// <param name="text">The bytes that <paramref name="columns"/> point into.</param>
    /// <param name="columns">The text of each column, without quotes and escapes.</param>
    /// <param name="binding">Which column holds which field.</param>
    /// <param name="position">Where the record came from.</param>
    public RecordFields(
        ReadOnlySpan<byte> raw, ReadOnlySpan<byte> text, ReadOnlySpan<FieldRange> columns, FieldBinding binding, RecordPosition position)
    {
        Raw = raw;
        _text = text;
        _columns = columns;
        _binding = binding;
        Position = position;
    }

    /// <summary>The record as it came.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>Where the record came from.</summary>
    public RecordPosition Position { get; }

    /// <summary>The field's text without surrounding blanks; empty when absent.</summary>
    /// <param name="field">Index in the schema.</param>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            var column = _binding.ColumnOf(field);
            if (column < 0)
                return _binding.ConstantOf(field);

            var range = _columns[column];
            var value = _text.Slice(range.Start, range.Length);
            return value.Length > 0 && (IsBlank(value[0]) || IsBlank(value[^1])) ? value.Trim(" \t\r\n"u8) : value;
        }
    }

    /// <summary>Makes the record of one that cannot become an event because of one field.</summary>
    public RejectedRecord Reject(RejectReason reason, int field, string problem, string? eventUid)
    {
        var value = this[field];
        var shown = value.IsEmpty ? null : Cut(value);
        var name = _binding.Describe(field);
        var message = shown is null ? $"{Position}: {name} {problem}" : $"{Position}: {name} '{shown}' {problem}";
        return new RejectedRecord(
            Position.Source, Position.Partition, Position.Offset, _binding.Schema.Domain, eventUid, reason,
            _binding.Schema.Fields[field].Name, shown, message, CutPayload(Raw));
    }

    /// <summary>Makes the record of one that could not even be split into fields.</summary>
    /// <param name="position">Where it came from.</param>
    /// <param name="domain">Domain it was meant for.</param>
    /// <param name="reason">Why.</param>
    /// <param name="raw">The record as it came, or its beginning.</param>
    /// <param name="problem">What is wrong and what to do, for a person.</param>
    public static RejectedRecord RejectWhole(
        RecordPosition position, string domain, RejectReason reason, ReadOnlySpan<byte> raw, string problem)
    {
        var shown = Cut(raw);
        return new RejectedRecord(
            position.Source, position.Partition, position.Offset, domain, EventUid: null, reason, Field: null, shown,
            $"{position}: {problem} The record begins '{shown}'.", CutPayload(raw));
    }

    private static bool IsBlank(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static byte[] CutPayload(ReadOnlySpan<byte> raw) => raw[..Math.Min(raw.Length, MaximumPayloadLength)].ToArray();

    private static string Cut(ReadOnlySpan<byte> value)
    {
        // A character takes at most 4 bytes, so this many bytes are enough for the characters that are kept.
        var text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 4 * MaximumValueLength)]);
        if (text.Length <= MaximumValueLength)
            return text;

        return char.IsHighSurrogate(text[MaximumValueLength - 1]) ? text[..(MaximumValueLength - 1)] : text[..MaximumValueLength];
    }
}
