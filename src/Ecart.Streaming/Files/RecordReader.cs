using System.Diagnostics.CodeAnalysis;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>
/// Reads files, one after the other, as one sequence of records: CSV or JSON lines, plain or gzip. Memory is bounded (2 MiB a file).
/// Not thread-safe.
/// </summary>
public sealed class RecordReader : IFileRecordSource, IDisposable
{
    private readonly IReadOnlyList<string> _paths;
    private readonly long[] _lengths;
    private readonly IRecordDecoder _decoder;
    private readonly FieldMap _map;
    private readonly RecordReaderOptions _options;
    private readonly List<string> _notices = [];
    private RecordFile? _file;
    private int _index;
    private long _records;
    private long _recordsBeforeFile;

    private RecordReader(
        IReadOnlyList<string> paths, long[] lengths, IRecordDecoder decoder, FieldMap map, RecordReaderOptions options)
    {
        _paths = paths;
        _lengths = lengths;
        _decoder = decoder;
        _map = map;
        _options = options;
    }

    /// <inheritdoc/>
    public FileFailure? Failure { get; private set; }

    /// <summary>What the user should know although it is no failure, for example a file with a header and no records.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>How far reading has come.</summary>
    public FileProgress Progress => new(
        _lengths.Take(_index).Sum() + (_file?.StoredPosition ?? 0),
        _lengths.Sum(),
        Path.GetFileName(_paths[Math.Min(_index, _paths.Count - 1)]),
        Math.Min(_index + 1, _paths.Count),
        _paths.Count,
        _records);

    /// <summary>Checks every file's form and columns before the first record is read.</summary>
    /// <param name="paths">The files in the order in which they are read. Their names without folder must differ.</param>
    /// <param name="decoder">Makes events of records.</param>
    /// <param name="map">Which column holds which field.</param>
    /// <param name="options">Null takes the defaults.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="failure">Which file cannot be read, why, and what to do.</param>
    public static bool TryOpen(
        IReadOnlyList<string> paths,
        IRecordDecoder decoder,
        FieldMap map,
        RecordReaderOptions? options,
        [NotNullWhen(true)] out RecordReader? reader,
        [NotNullWhen(false)] out FileFailure? failure)
    {
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        reader = null;
        options ??= new RecordReaderOptions();
        var lengths = new long[paths.Count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < paths.Count; index++)
        {
            var path = paths[index];
            if (!names.Add(Path.GetFileName(path)))
            {
                failure = new FileFailure(
                    path, Line: 0, BytePosition: 0,
                    $"{path} has the same name as an earlier file: rename one, because records are known by file name and line.");
                return false;
            }

            if (!RecordFile.TryOpen(path, decoder, map, options, out var file, out failure))
                return false;

            file.Dispose();
            lengths[index] = new FileInfo(path).Length;
        }

        reader = new RecordReader(paths, lengths, decoder, map, options);
        failure = null;
        return true;
    }

    /// <inheritdoc/>
    public bool TryRead(out FileRecord record)
    {
        record = default;
        while (Failure is null && _index < _paths.Count)
        {
            if (_file is null && !TryOpenNext())
                return false;

            if (_file!.TryRead(out record))
            {
                _records++;
                return true;
            }

            Failure = _file.Explain();
            if (Failure is null)
                CloseFile();
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private bool TryOpenNext()
    {
        _recordsBeforeFile = _records;
        if (RecordFile.TryOpen(_paths[_index], _decoder, _map, _options, out _file, out var failure))
            return true;

        Failure = failure;
        return false;
    }

    private void CloseFile()
    {
        if (_records == _recordsBeforeFile)
            _notices.Add($"{_paths[_index]} has no records after its header.");
        _file!.Dispose();
        _file = null;
        _index++;
    }
}
