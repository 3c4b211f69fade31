using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecart.Embedding;

/// <summary>
/// The hash behind hashed features: XXH64, seed 0, of the text's UTF-8 bytes. Part of the embedding's definition: the same on
/// every machine, in every process and version.
/// </summary>
/// <remarks>Y. Collet, xxHash fast digest algorithm, specification 0.1.1.</remarks>
public static class FeatureHash
{
    private const int StackBytes = 512;

    /// <summary>Hash of a text; 0 for null.</summary>
    public static ulong Of(string? text)
    {
        if (text is null) return 0;
        Span<byte> utf8 = stackalloc byte[StackBytes];
        return Encoding.UTF8.TryGetBytes(text, utf8, out int length)
            ? XxHash64.HashToUInt64(utf8[..length])
            : XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Bucket of a text, 0 to <paramref name="buckets"/> − 1.</summary>
    public static int Bucket(string text, int buckets) => (int)(Of(text) % (ulong)buckets);

    /// <summary>Bucket of a hash already taken.</summary>
    public static int Bucket(ulong hash, int buckets) => (int)(hash % (ulong)buckets);

    /// <summary>Hash of a number's bits, for mixing.</summary>
    internal static ulong Of(ulong value) => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in value)));
}
