using System.Diagnostics.CodeAnalysis;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;

namespace Ecart.Streaming.Sources.FollowedFile;

/// <summary>One open file that may grow, read from a position on. Only complete records are taken. Not thread-safe.</summary>
internal sealed class FollowedReader : IDisposable
{
    private readonly FileStream file;
    private readonly ByteWindow window;
    private readonly IRecordFormat records;
    private readonly FileFormat format;

    private FollowedReader(FileStream file, ByteWindow window, IRecordFormat records, FileIdentity identity, FileFormat format)
    {
        this.file = file;
        this.window = window;
        this.records = records;
        this.format = format;
        Identity = identity;
    }

    /// <summary>What the file was when it was opened.</summary>
    public FileIdentity Identity { get; }

    /// <summary>Byte behind the last record taken.</summary>
    public long Position => window.Position;

    /// <summary>Bytes of the file now.</summary>
    public long Length => RandomAccess.GetLength(file.SafeFileHandle);

    /// <summary>True when the file was cut and written anew: what was read of it stands no longer where it was.</summary>
    public bool IsReplaced => Length < Position || !FileIdentity.TryRead(file, format, out FileIdentity now) || now != Identity;

    /// <summary>Opens a file and moves to a position, counting lines on the way.</summary>
    /// <exception cref="InvalidOperationException">Its columns cannot be mapped.</exception>
    public static bool TryOpen(
        FileGeneration generation,
        long position,
        string source,
        IRecordDecoder decoder,
        FieldMap map,
        FileFormat format,
        [NotNullWhen(true)] out FollowedReader? reader)
    {
        reader = null;
        FileStream file = FileGeneration.Open(generation.Path);
        var window = new ByteWindow(new InputStream(file), isGrowing: true);
        try
        {
            // Between the look and the opening the path may have become another file.
            if (!FileIdentity.TryRead(file, format, out FileIdentity identity) || identity != generation.Identity) return false;
            if (!RecordFile.TryFindFormat(window, source, decoder, map, new RecordReaderOptions { Format = format }, out IRecordFormat? records, out string? error))
                throw new InvalidOperationException($"{generation.Path} {error}");
            window.AdvanceTo(position);
            reader = new FollowedReader(file, window, records, identity, format);
            return true;
        }
        finally
        {
            if (reader is null) window.Dispose();
        }
    }

    /// <summary>Takes the next complete record.</summary>
    /// <returns>False when there is none yet.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool TryRead(out FileRecord record)
    {
        if (records.TryRead(out record)) return true;
        return window.Fault is { } fault ? throw new IOException(fault.Message, fault) : false;
    }

    /// <summary>Nothing more will be written: a last line without an end is a record.</summary>
    public void EndGrowth() => window.EndGrowth();

    public void Dispose() => window.Dispose();
}
