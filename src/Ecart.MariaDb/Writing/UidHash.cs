using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// The key under which a uid is known: the first 16 bytes of SHA-256 of the UTF-8 text <c>domain NUL uid</c>. A cryptographic hash, because who
/// could forge a collision could hide an event.
/// </summary>
public static class UidHash
{
    private const int StackBytes = 512;

    /// <summary>The key of a uid, big-endian as the column keeps it.</summary>
    public static UInt128 Compute(string domain, string eventUid)
    {
        int most = Encoding.UTF8.GetMaxByteCount(domain.Length + eventUid.Length) + 1;
        Span<byte> text = most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        int length = Encoding.UTF8.GetBytes(domain, text);
        text[length++] = 0;
        length += Encoding.UTF8.GetBytes(eventUid, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
