using System.Diagnostics.CodeAnalysis;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>One open file: its bytes and the form of its records.</summary>
internal sealed class RecordFile : IDisposable
{
    private readonly string _path;
    private readonly ByteWindow _window;
    private readonly IRecordFormat _format;

    private RecordFile(string path, ByteWindow window, IRecordFormat format)
    {
        _path = path;
        _window = window;
        _format = format;
    }

    /// <summary>Bytes of the file as stored that were read so far.</summary>
    public long StoredPosition => _window.StoredPosition;

    /// <summary>Opens a file, finds out its form and checks that its columns can be mapped.</summary>
    public static bool TryOpen(
        string path,
        IRecordDecoder decoder,
        FieldMap map,
        RecordReaderOptions options,
        [NotNullWhen(true)] out RecordFile? file,
        [NotNullWhen(false)] out FileFailure? failure)
    {
        file = null;
        ByteWindow? window = null;
        try
        {
            window = new ByteWindow(new InputStream(path));
            if (TryFindFormat(window, Path.GetFileName(path), decoder, map, options, out var format, out var error))
            {
                file = new RecordFile(path, window, format);
                window = null;
                failure = null;
                return true;
            }

            failure = new FileFailure(path, Line: 1, window.StoredPosition, $"{path} {error}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            failure = new FileFailure(path, Line: 0, BytePosition: 0, $"{path} cannot be opened: {fault.Message}");
        }
        finally
        {
            window?.Dispose();
        }

        return false;
    }

    /// <summary>Takes the next record.</summary>
    public bool TryRead(out FileRecord record) => _format.TryRead(out record);

    /// <summary>Why reading ended before the end of the file, or null.</summary>
    public FileFailure? Explain() => _window.Fault is not { } fault
        ? null
        : new FileFailure(
            _path, _window.Line, _window.StoredPosition,
            $"{_path} cannot be read beyond line {_window.Line} (byte {_window.StoredPosition} of the file as stored): {fault.Message}. "
            + "Everything before was read; this line was not. Fetch the file again and repeat the command.");

    public void Dispose() => _window.Dispose();

    /// <summary>Finds out the form of the records and moves behind a header.</summary>
    /// <param name="window">The file from its first byte.</param>
    /// <param name="source">What records name as their origin.</param>
    /// <param name="decoder">Makes events of records.</param>
    /// <param name="map">Which column holds which field.</param>
    /// <param name="options">How the file is read.</param>
    /// <param name="format">Takes the records.</param>
    /// <param name="error">What is wrong, to follow the file's name in a sentence.</param>
    public static bool TryFindFormat(
        ByteWindow window,
        string source,
        IRecordDecoder decoder,
        FieldMap map,
        RecordReaderOptions options,
        [NotNullWhen(true)] out IRecordFormat? format,
        [NotNullWhen(false)] out string? error)
    {
        format = null;
        error = null;
        while (window.Unread.Length < 4 && window.TryExtend())
            continue;
        if (window.Unread.StartsWith("\uFEFF"u8))
            window.Advance(3, lineEnds: 0);
        if (window.Fault is { } fault)
            error = $"cannot be read: {fault.Message}.";
        else if (window.Unread.IsEmpty)
            error = "is empty: there is nothing to read.";
        else if (window.Unread is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            error = "is UTF-16: convert it, for example with iconv -f UTF-16 -t UTF-8.";
        if (error is not null)
            return false;

        if (options.Format is FileFormat.Detect or FileFormat.Pcap && decoder.MakeCaptureDecoder() is { } capture && capture.Begins(window.Unread))
        {
            if (window.IsGrowing) error = "is a capture, which cannot be followed as it grows: replay it when it is complete.";
            else format = new CaptureRecords(window, capture, source, decoder.Schema.Domain);
            return format is not null;
        }

        if (options.Format == FileFormat.Pcap)
        {
            error = $"is no capture that the domain {decoder.Schema.Domain} reads: network reads pcap and pcapng.";
            return false;
        }

        var first = window.Unread.TrimStart(" \t\r\n"u8);
        if (options.Format == FileFormat.JsonLines || (options.Format == FileFormat.Detect && first.StartsWith("{"u8)))
        {
            format = new JsonRecords(window, map, decoder, source);
            return true;
        }

        if (options.Format == FileFormat.Detect && first.StartsWith("["u8))
        {
            error = "is a JSON list: write one object a line, for example with jq -c '.[]'.";
            return false;
        }

        if (options.Format == FileFormat.Zeek || (options.Format == FileFormat.Detect && ZeekRecords.Begins(first)))
        {
            var zeek = new ZeekRecords(window, map, decoder, source);
            zeek.ReadComments();
            format = zeek;
            return true;
        }

        if (options.Format is FileFormat.Detect or FileFormat.AuthLog && decoder.MakeLineDecoder() is { } lines
            && (options.Format == FileFormat.AuthLog || (TextLine.TryFind(window, out var line) && !line.IsTooLong && lines.Begins(line.Text(window)))))
        {
            format = new LogRecords(window, lines, source, decoder.Schema.Domain);
            return true;
        }

        if (options.Format == FileFormat.AuthLog)
        {
            error = $"is a log that the domain {decoder.Schema.Domain} does not read: user_behavior reads those of sshd, sudo and su.";
            return false;
        }

        if (!CsvHeader.TryRead(window, options.Separator, out var header, out error))
            return false;
        if (!map.TryBind(header.Columns, out var binding, out error))
        {
            error = $"cannot be mapped. {error}";
            return false;
        }

        format = new CsvRecords(window, header, binding, decoder, source);
        return true;
    }
}
