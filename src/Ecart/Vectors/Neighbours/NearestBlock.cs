using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ecart.Vectors.Neighbours;

/// <summary>The nearest rows so far of each query of a block, nearest first; the memory is the caller's.</summary>
internal readonly ref struct NearestBlock
{
    private readonly Span<Neighbour> nearest;
    private readonly Span<float> limits;
    private readonly Span<int> counts;
    private readonly ReadOnlySpan<int> skips;
    private readonly int size;

    /// <param name="nearest">Room for <paramref name="size"/> of each query.</param>
    /// <param name="size">How many to keep of each.</param>
    /// <param name="limits">One of each query.</param>
    /// <param name="counts">One of each query.</param>
    /// <param name="skips">Of each query the position to leave out; −1 for none.</param>
    public NearestBlock(Span<Neighbour> nearest, int size, Span<float> limits, Span<int> counts, ReadOnlySpan<int> skips)
    {
        this.nearest = nearest;
        this.size = size;
        this.limits = limits;
        this.counts = counts;
        this.skips = skips;
        limits.Fill(float.PositiveInfinity);
        counts.Clear();
    }

    /// <summary>Only a row nearer than this (squared) can still be among the nearest; +∞ until there are enough.</summary>
    public float Limit(int query) => limits[query];

    /// <summary>Those found so far.</summary>
    public Span<Neighbour> Of(int query) => nearest.Slice(query * size, counts[query]);

    /// <summary>Takes those of 16 positions whose bits are set and that are near enough. Of equally near ones the first offered stays.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Take(int query, uint lanes, ReadOnlySpan<float> squaredDistances, int firstPosition)
    {
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
            if (squaredDistances[lane] < limits[query]) Take(query, squaredDistances[lane], firstPosition + lane);
        }
    }

    /// <summary>Takes a position that is near enough, unless the query leaves it out.</summary>
    public void Take(int query, float squaredDistance, int position)
    {
        if (position == skips[query]) return;
        Span<Neighbour> list = nearest.Slice(query * size, size);
        int count = counts[query];
        int place = Math.Min(count, size - 1);
        for (; place > 0 && list[place - 1].SquaredDistance > squaredDistance; place--) list[place] = list[place - 1];
        list[place] = new Neighbour(position, squaredDistance);
        if (count < size) counts[query] = ++count;
        if (count == size) limits[query] = (float)list[size - 1].SquaredDistance;
    }
}
