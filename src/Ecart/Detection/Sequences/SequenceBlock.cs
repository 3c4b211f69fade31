namespace Ecart.Detection.Sequences;

/// <summary>
/// The distinct actions of a block and the distinct pairs of successive ones, each with the weight √n of its n times: saying the same thing again says less.
/// Reused; not thread-safe.
/// </summary>
internal sealed class SequenceBlock(int length)
{
    /// <summary>Units of weight that one action has, so that weights are whole numbers.</summary>
    public const int Unit = 64;

    private readonly ulong[] sorted = new ulong[length];
    private readonly int[] positions = new int[length];
    private readonly Part[] actions = new Part[length];
    private readonly Part[] pairs = new Part[length];
    private int actionCount;
    private int pairCount;

    public ReadOnlySpan<Part> Actions => actions.AsSpan(0, actionCount);

    public ReadOnlySpan<Part> Pairs => pairs.AsSpan(0, pairCount);

    /// <summary>Counts a block's actions, given as hashes in their order.</summary>
    public void Fill(ReadOnlySpan<ulong> block)
    {
        actionCount = 0;
        pairCount = 0;
        Span<ulong> keys = sorted.AsSpan(0, block.Length);
        block.CopyTo(keys);
        keys.Sort();
        for (int from = 0, to; from < keys.Length; from = to)
        {
            to = End(keys, from);
            actions[actionCount++] = new Part(keys[from], 0, 0, WeightOf(to - from));
        }

        if (block.Length < 2) return;
        keys = keys[1..];
        Span<int> places = positions.AsSpan(0, keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = PairOf(block[i], block[i + 1]);
            places[i] = i;
        }

        keys.Sort(places);
        for (int from = 0, to; from < keys.Length; from = to)
        {
            to = End(keys, from);
            pairs[pairCount++] = new Part(keys[from], block[places[from]], block[places[from] + 1], WeightOf(to - from));
        }
    }

    public static int WeightOf(int times) => (int)Math.Round(Unit * Math.Sqrt(times));

    public static ulong PairOf(ulong first, ulong second)
    {
        ulong mixed = (first * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft(second, 31);
        mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
        return mixed ^ (mixed >> 32);
    }

    private static int End(ReadOnlySpan<ulong> keys, int from)
    {
        int to = from + 1;
        while (to < keys.Length && keys[to] == keys[from]) to++;
        return to;
    }

    /// <param name="Key">Hash of the action or of the pair.</param>
    /// <param name="First">First action of the pair.</param>
    /// <param name="Second">Second action of the pair.</param>
    /// <param name="Weight">√n in units.</param>
    public readonly record struct Part(ulong Key, ulong First, ulong Second, int Weight);
}
