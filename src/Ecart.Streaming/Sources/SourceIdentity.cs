using System.IO.Hashing;
using System.Text;

namespace Ecart.Streaming.Sources;

/// <summary>Names of sources: readable, and different for different content.</summary>
internal static class SourceIdentity
{
    private const int LongestReadable = 200;

    /// <summary>A readable beginning and a hash of everything that makes the source what it is; at most 218 characters.</summary>
    public static string Name(string readable, string identity)
    {
        ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(identity));
        return $"{(readable.Length > LongestReadable ? readable[..LongestReadable] : readable)} #{hash:x16}";
    }
}
