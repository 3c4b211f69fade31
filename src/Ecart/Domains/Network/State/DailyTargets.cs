using System.Numerics;

namespace Ecart.Domains.Network;

/// <summary>
/// How many distinct targets one source tried on a day, and how many of them failed: two bitmaps of hashes, a fixed 128 bytes. Not thread-safe.
/// </summary>
/// <remarks>Linear counting: K.-Y. Whang, B. T. Vander-Zanden, H. M. Taylor, ACM Transactions on Database Systems 15(2), 1990. Within a few percent up to 1,000.</remarks>
internal sealed class DailyTargets
{
    /// <summary>Words of a bitmap.</summary>
    public const int Words = 8;

    private const int Bits = 64 * Words;

    /// <summary>Hashes of all targets, then of those that failed.</summary>
    public ulong[] Marks { get; } = new ulong[2 * Words];

    /// <summary>Day that is counted.</summary>
    public int Day { get; set; }

    /// <summary>Time at which many failures were last told; 0 for never.</summary>
    public long ToldTicks { get; set; }

    /// <summary>Takes in a target.</summary>
    public void Add(int day, ulong target, bool isFailed)
    {
        if (day < Day) return;
        if (day > Day)
        {
            Array.Clear(Marks);
            Day = day;
        }

        (int word, ulong mask) = Place(target);
        Marks[word] |= mask;
        if (isFailed) Marks[Words + word] |= mask;
    }

    /// <summary>Distinct targets of a day and how many failed, one more that failed included.</summary>
    public static (double All, double Failed) Measure(DailyTargets? targets, int day, ulong failed)
    {
        if (targets is null || targets.Day != day) return (1, 1);
        (int word, ulong mask) = Place(failed);
        return (Estimate(targets.Marks.AsSpan(0, Words), word, mask), Estimate(targets.Marks.AsSpan(Words), word, mask));
    }

    private static (int Word, ulong Mask) Place(ulong target)
    {
        int bit = (int)((target * 0x9E3779B97F4A7C15UL) >> 55);
        return (bit >> 6, 1UL << (bit & 63));
    }

    private static double Estimate(ReadOnlySpan<ulong> marks, int word, ulong mask)
    {
        int set = (marks[word] & mask) == 0 ? 1 : 0;
        foreach (ulong part in marks) set += BitOperations.PopCount(part);
        return Bits * Math.Log((double)Bits / Math.Max(1, Bits - set));
    }
}
