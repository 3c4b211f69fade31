using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Ecart.Streaming.Files;

/// <summary>
/// A file's plain bytes, unpacked when its content is gzip. Unlike <see cref="GZipStream"/> alone it notices when a packed file ends early.
/// </summary>
internal sealed class InputStream : IDisposable
{
    private const int TrailerLength = 8;

    private readonly Stream _file;
    private readonly string _path = "";
    private readonly GZipStream? _unpacked;
    private readonly Crc32 _checksum = new();
    private long _length;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public InputStream(string path)
    {
        _path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16, FileOptions.SequentialScan);
        if (_file.ReadByte() == 0x1F && _file.ReadByte() == 0x8B)
            _unpacked = new GZipStream(_file, CompressionMode.Decompress, leaveOpen: true);
        _file.Position = 0;
    }

    /// <summary>Takes over bytes that are not packed, from the first on.</summary>
    public InputStream(Stream plain)
    {
        _file = plain;
        _file.Position = 0;
    }

    /// <summary>Bytes of the file as stored that were read so far.</summary>
    public long StoredPosition => _file.Position;

    /// <summary>Fills a part of the buffer.</summary>
    /// <returns>Number of bytes; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">The packed data are damaged or end early.</exception>
    public int Read(Span<byte> buffer)
    {
        if (_unpacked is null)
            return _file.Read(buffer);

        var count = _unpacked.Read(buffer);
        if (count == 0)
            CheckTrailer();
        _length += count;
        _checksum.Append(buffer[..count]);
        return count;
    }

    public void Dispose()
    {
        _unpacked?.Dispose();
        _file.Dispose();
    }

    private void CheckTrailer()
    {
        var stored = _file.Length;
        if (stored >= TrailerLength)
        {
            Span<byte> trailer = stackalloc byte[TrailerLength];
            _file.Position = stored - TrailerLength;
            _file.ReadExactly(trailer);
            var checksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
            if ((length == (uint)_length && checksum == _checksum.GetCurrentHashAsUInt32()) || LastMemberIs(length, checksum))
                return;
        }

        throw new InvalidDataException("the packed data end before their checksum");
    }

    /// <summary>A file of several members ends with the length and checksum of its last one: unpacks it again to compare those.</summary>
    private bool LastMemberIs(long length, uint checksum)
    {
        if (length >= _length)
            return false;

        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        var last = new Crc32();
        var buffer = new byte[1 << 16];
        var skipped = _length - length;
        int count;
        while ((count = unpacked.Read(buffer)) > 0)
        {
            var ignored = (int)Math.Min(skipped, count);
            skipped -= ignored;
            last.Append(buffer.AsSpan(ignored, count - ignored));
        }

        return last.GetCurrentHashAsUInt32() == checksum;
    }
}
