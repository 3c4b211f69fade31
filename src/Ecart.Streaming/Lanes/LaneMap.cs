using System.IO.Hashing;
using System.Text;

namespace Ecart.Streaming.Lanes;

/// <summary>Which lane owns an entity. Fixed at installation: the stored log depends on it.</summary>
public static class LaneMap
{
    /// <summary>Number of lanes.</summary>
    public const int Count = 64;

    private const int StackBytes = 512;

    /// <summary>Lane of a primary entity, 0 to 63: XXH64 of the UTF-8 text <c>domain NUL entity</c>, modulo 64.</summary>
    public static int LaneOf(string domain, string entityId)
    {
        int needed = domain.Length + 1 + (entityId.Length * 3);
        Span<byte> utf8 = needed <= StackBytes ? stackalloc byte[StackBytes] : new byte[needed];
        int length = Encoding.UTF8.GetBytes(domain, utf8);
        utf8[length++] = 0;
        length += Encoding.UTF8.GetBytes(entityId, utf8[length..]);
        return (int)(XxHash64.HashToUInt64(utf8[..length]) % Count);
    }
}
