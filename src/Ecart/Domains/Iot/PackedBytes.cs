using System.IO.Compression;

namespace Ecart.Domains.Iot;

/// <summary>
/// Makes bytes shorter for the store and gives them back as they were: readings have few digits and most bins of a histogram are empty, so that a series is packed
/// to about a third.
/// </summary>
internal static class PackedBytes
{
    private const int MostBytes = 1 << 26;

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) stream.Write(bytes);
        return packed.ToArray();
    }

    /// <exception cref="ArgumentOutOfRangeException">The bytes are damaged.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        try
        {
            using var source = new MemoryStream([.. packed]);
            using var stream = new ZLibStream(source, CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            var part = new byte[16 * 1024];
            for (int read = stream.Read(part); read > 0; read = stream.Read(part))
            {
                if (bytes.Length + read > MostBytes) throw new ArgumentOutOfRangeException(nameof(packed), "more bytes than any series has");
                bytes.Write(part, 0, read);
            }

            return bytes.ToArray();
        }
        catch (InvalidDataException error)
        {
            throw new ArgumentOutOfRangeException(error.Message, error);
        }
    }
}
