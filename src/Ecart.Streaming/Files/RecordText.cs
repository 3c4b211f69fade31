using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Ecart.Events.Decoding;
using Ecart.Streaming.Messages;

namespace Ecart.Streaming.Files;

/// <summary>Reads single records that were kept as they came.</summary>
public static class RecordText
{
    /// <summary>Whether a text is a JSON object; else it is taken for a line of CSV, which says nothing without its header.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    /// <summary>Decodes one record.</summary>
    /// <param name="text">The record as it came, a JSON object or a line of CSV.</param>
    /// <param name="position">Where it came from: a record without uid is named by it.</param>
    /// <param name="header">The first line of the CSV file; null for JSON.</param>
    /// <param name="decoder">Makes events of records.</param>
    /// <param name="map">Which column holds which field.</param>
    /// <param name="decoded">The event, or why it is none.</param>
    /// <param name="error">Why the text cannot be taken for a record at all.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> text,
        RecordPosition position,
        string? header,
        IRecordDecoder decoder,
        FieldMap map,
        out DecodedRecord decoded,
        [NotNullWhen(false)] out string? error) => IsJson(text)
            ? TryDecodeJson(text, position, decoder, map, out decoded, out error)
            : TryDecodeCsv(text, position, header, decoder, map, out decoded, out error);

    private static bool TryDecodeJson(
        ReadOnlySpan<byte> text, RecordPosition position, IRecordDecoder decoder, FieldMap map, out DecodedRecord decoded, [NotNullWhen(false)] out string? error)
    {
        decoded = default;
        var fields = new JsonFieldCollector(map);
        try
        {
            fields.Collect(text);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            error = "is not one JSON object in UTF-8.";
            return false;
        }

        error = fields.NestedField >= 0 ? "has an object or a list where a text or number belongs." : null;
        if (error is null) decoded = decoder.Decode(new RecordFields(text, fields.Text, fields.Columns, map.BindByName(), position));
        return error is null;
    }

    private static bool TryDecodeCsv(
        ReadOnlySpan<byte> text,
        RecordPosition position,
        string? header,
        IRecordDecoder decoder,
        FieldMap map,
        out DecodedRecord decoded,
        [NotNullWhen(false)] out string? error)
    {
        decoded = default;
        if (header is null)
        {
            error = "is a line of CSV: which columns it has stands in the first line of its file.";
            return false;
        }

        using var window = new ByteWindow(new InputStream(new MemoryStream(Encoding.UTF8.GetBytes(header))));
        if (!CsvHeader.TryRead(window, null, out CsvHeader? columns, out error) || !map.TryBind(columns.Columns, out FieldBinding? binding, out error))
        {
            error = $"cannot be read by the header '{header}': {error}";
            return false;
        }

        var splitter = new CsvSplitter(columns.Separator);
        if (splitter.SplitQuoted(text, isEnd: true, out int length) != CsvSplitOutcome.Complete || length != text.Length || splitter.Count != columns.Columns.Count)
        {
            error = $"is not one line with the {columns.Columns.Count} columns of the header.";
            return false;
        }

        decoded = decoder.Decode(new RecordFields(text, splitter.Unquoted, splitter.Columns, binding, position));
        return true;
    }
}
