using System.Numerics.Tensors;
using Ecart.Vectors;

namespace Ecart.Profiles;

/// <summary>
/// What is normal for one entity over a sliding window of event time: centroid, distances, measures, hours. Not thread-safe:
/// one owner, the lane.
/// </summary>
/// <remarks>
/// The window is kept as up to four blocks of a third of its length each, so it covers between one and four thirds: a genuine change
/// of habit is forgotten after that time even when every event after it was flagged, and memory does not depend on the number of
/// events. When a third of the most observations is reached a block closes early. Only sums are kept, so an event
/// that turns out to be fraud can be taken out again exactly.
/// </remarks>
public sealed class ProfileWindow
{
    internal const int MaximumBlocks = 4;
    private readonly int dimension;
    private readonly int measures;
    private readonly int daysPerBlock;
    private readonly int observationsPerBlock;
    private readonly ProfileBlock?[] blocks = new ProfileBlock?[MaximumBlocks];
    private int blockCount;
    private int newestDay;

    /// <summary>Makes an empty window.</summary>
    /// <param name="dimension">Floats in a vector.</param>
    /// <param name="measures">Measures of the domain, at most <see cref="ProfileSummary.MaximumMeasures"/>.</param>
    /// <param name="options">Window and bounds.</param>
    public ProfileWindow(int dimension, int measures, ProfileOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(measures, ProfileSummary.MaximumMeasures);
        ArgumentNullException.ThrowIfNull(options);
        this.dimension = dimension;
        this.measures = measures;
        daysPerBlock = Math.Max(1, options.WindowDays / (MaximumBlocks - 1));
        observationsPerBlock = Math.Max(1, options.MaximumObservations / (MaximumBlocks - 1));
    }

    /// <summary>True when nothing is known.</summary>
    public bool IsEmpty => blockCount == 0;

    internal int BlockCount => blockCount;

    internal int NewestDay => newestDay;

    /// <summary>Adds up what the window holds as seen from a day. Changes nothing.</summary>
    /// <param name="day">Day number of the event that is compared.</param>
    /// <param name="centroid">Receives the centroid, scaled to length 1; zeros when the window is empty.</param>
    public ProfileSummary Summarize(int day, Span<float> centroid)
    {
        var summary = new ProfileSummary { Distance = Moments.Empty };
        for (int i = 0; i < measures; i++) summary.Measures[i] = Moments.Empty;
        centroid.Clear();
        int oldest = (day / daysPerBlock) - (MaximumBlocks - 1);
        for (int b = 0; b < blockCount; b++)
        {
            ProfileBlock block = blocks[b]!;
            if (block.Index < oldest || block.Count == 0) continue;
            if (summary.Count == 0) summary.FirstDay = block.FirstDay;
            summary.Count += block.Count;
            TensorPrimitives.Add(centroid, block.VectorSum, centroid);
            summary.Distance.Add(in block.Distance);
            summary.Hours.Add(in block.Hours);
            for (int i = 0; i < measures; i++) summary.Measures[i].Add(in block.Measures[i]);
        }

        if (summary.Count > 0)
        {
            summary.DaysObserved = newestDay - summary.FirstDay + 1;
            VectorMath.NormalizeInPlace(centroid);
        }

        return summary;
    }

    /// <summary>Takes in a normal event.</summary>
    public void Add(in ProfileObservation observation)
    {
        int index = observation.Day / daysPerBlock;
        ProfileBlock? newest = blockCount > 0 ? blocks[blockCount - 1] : null;
        if (newest is null || index > newest.Index || newest.Count >= observationsPerBlock)
            newest = Open(Math.Max(index, newest?.Index ?? index), observation.Day);
        newest.Add(in observation);
        newestDay = Math.Max(newestDay, observation.Day);
    }

    /// <summary>Takes out an event that was taken in and turned out not to be normal.</summary>
    /// <returns>False when its part of the window is already forgotten.</returns>
    public bool Remove(in ProfileObservation observation)
    {
        for (int b = blockCount - 1; b >= 0; b--)
        {
            ProfileBlock block = blocks[b]!;
            if (observation.Day < block.FirstDay && b > 0) continue;
            if (observation.Day < block.FirstDay || block.Count == 0) return false;
            block.Remove(in observation);
            return true;
        }

        return false;
    }

    internal ProfileBlock BlockAt(int position) => blocks[position]!;

    internal ProfileBlock Append(int index, int day) => Open(index, day);

    internal void RestoreNewestDay(int day) => newestDay = day;

    private ProfileBlock Open(int index, int day)
    {
        int expired = 0;
        while (expired < blockCount
            && (blocks[expired]!.Index < index - (MaximumBlocks - 1) || blockCount - expired == MaximumBlocks)) expired++;
        ProfileBlock? reusable = null;
        if (expired > 0)
        {
            reusable = blocks[0];
            Array.Copy(blocks, expired, blocks, 0, blockCount - expired);
            Array.Clear(blocks, blockCount - expired, expired);
            blockCount -= expired;
        }

        ProfileBlock block = reusable ?? new ProfileBlock(dimension, measures);
        block.Reset(index, day);
        blocks[blockCount++] = block;
        return block;
    }
}
