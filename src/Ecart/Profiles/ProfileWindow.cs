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
/// events. When a third of the most observations is reached a block closes early. Blocks divide event time without overlap, so a late event joins
/// the block of its own time, and an event that turns out to be fraud is taken out of the block that it is in: only sums are kept, and what was
/// added is subtracted. An event older than all blocks joins the oldest, unless that time is forgotten already.
/// </remarks>
public sealed class ProfileWindow
{
    internal const int MaximumBlocks = 4;
    private readonly int dimension;
    private readonly int measures;
    private readonly int daysPerBlock;
    private readonly int observationsPerBlock;
    private readonly bool isUnitLength;
    private readonly ProfileBlock?[] blocks = new ProfileBlock?[MaximumBlocks];
    private int blockCount;
    private int newestDay;
    private long forgottenUntil = long.MinValue;

    /// <summary>Makes an empty window.</summary>
    /// <param name="dimension">Floats in a vector.</param>
    /// <param name="measures">Measures of the domain, at most <see cref="ProfileSummary.MaximumMeasures"/>.</param>
    /// <param name="options">Window and bounds.</param>
    /// <param name="isUnitLength">Whether the vectors have length 1: then the centroid has too, else it is their mean. Default true.</param>
    public ProfileWindow(int dimension, int measures, ProfileOptions options, bool isUnitLength = true)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(measures, ProfileSummary.MaximumMeasures);
        ArgumentNullException.ThrowIfNull(options);
        this.dimension = dimension;
        this.measures = measures;
        this.isUnitLength = isUnitLength;
        daysPerBlock = Math.Max(1, options.WindowDays / (MaximumBlocks - 1));
        observationsPerBlock = Math.Max(1, options.MaximumObservations / (MaximumBlocks - 1));
    }

    /// <summary>True when nothing is known.</summary>
    public bool IsEmpty => blockCount == 0;

    internal int BlockCount => blockCount;

    internal int NewestDay => newestDay;

    internal long ForgottenUntil => forgottenUntil;

    /// <summary>Adds up what the window holds as seen from a day: no block that begins after it. Changes nothing.</summary>
    /// <param name="day">Day number of the event that is compared.</param>
    /// <param name="centroid">Receives the centroid, scaled to length 1 where the vectors are; zeros when the window is empty. Empty when it is not asked for.</param>
    public ProfileSummary Summarize(int day, Span<float> centroid)
    {
        var summary = new ProfileSummary { Distance = Moments.Empty };
        for (int i = 0; i < measures; i++) summary.Measures[i] = Moments.Empty;
        int oldest = (day / daysPerBlock) - (MaximumBlocks - 1);
        for (int b = 0; b < blockCount; b++)
        {
            ProfileBlock block = blocks[b]!;
            if (block.Index < oldest || block.Count == 0 || block.FirstDay > day) continue;
            if (summary.Count == 0) summary.FirstDay = block.FirstDay;
            if (!centroid.IsEmpty)
            {
                if (summary.Count == 0) block.VectorSum.CopyTo(centroid);
                else TensorPrimitives.Add(centroid, block.VectorSum, centroid);
            }

            summary.Count += block.Count;
            summary.Distance.Add(in block.Distance);
            summary.Hours.Add(in block.Hours);
            for (int i = 0; i < measures; i++) summary.Measures[i].Add(in block.Measures[i]);
        }

        if (summary.Count > 0)
        {
            summary.DaysObserved = Math.Min(newestDay, day) - summary.FirstDay + 1;
            if (isUnitLength) VectorMath.NormalizeInPlace(centroid);
            else TensorPrimitives.Divide(centroid, summary.Count, centroid);
        }
        else
        {
            centroid.Clear();
        }

        return summary;
    }

    /// <summary>Takes in a normal event.</summary>
    /// <returns>False when its time is already forgotten.</returns>
    public bool Add(in ProfileObservation observation)
    {
        int day = (int)(observation.Ticks / TimeSpan.TicksPerDay);
        int index = day / daysPerBlock;
        ProfileBlock? newest = blockCount > 0 ? blocks[blockCount - 1] : null;
        if (observation.Ticks <= forgottenUntil || index < newest?.Index - (MaximumBlocks - 1)) return false;
        bool opens = newest is null || index > newest.Index
            || (newest.Count >= observationsPerBlock && observation.Ticks > newest.LastTicks);
        ProfileBlock block = opens ? Open(index, observation.Ticks) : BlockOf(observation.Ticks) ?? blocks[0]!;
        block.Add(in observation);
        newestDay = Math.Max(newestDay, day);
        return true;
    }

    /// <summary>Takes out an event that was taken in and turned out not to be normal.</summary>
    /// <returns>False when its part of the window is already forgotten.</returns>
    public bool Remove(in ProfileObservation observation)
    {
        if (observation.Ticks <= forgottenUntil || BlockOf(observation.Ticks) is not { Count: > 0 } block) return false;
        block.Remove(in observation);
        return true;
    }

    internal ProfileBlock BlockAt(int position) => blocks[position]!;

    internal ProfileBlock Append(int index, long firstTicks) => Open(index, firstTicks);

    internal void RestoreBounds(int newest, long forgotten)
    {
        newestDay = newest;
        forgottenUntil = forgotten;
    }

    private ProfileBlock? BlockOf(long ticks)
    {
        int b = blockCount - 1;
        while (b >= 0 && blocks[b]!.FirstTicks > ticks) b--;
        return b < 0 ? null : blocks[b];
    }

    private ProfileBlock Open(int index, long firstTicks)
    {
        int expired = 0;
        while (expired < blockCount
            && (blocks[expired]!.Index < index - (MaximumBlocks - 1) || blockCount - expired == MaximumBlocks))
            forgottenUntil = Math.Max(forgottenUntil, blocks[expired++]!.LastTicks);

        // Expired blocks stay behind those in use, as memory for the next.
        for (; expired > 0; expired--)
        {
            ProfileBlock? oldest = blocks[0];
            Array.Copy(blocks, 1, blocks, 0, blockCount - 1);
            blocks[--blockCount] = oldest;
        }

        ProfileBlock block = blocks[blockCount++] ??= new ProfileBlock(dimension, measures);
        block.Reset(index, firstTicks);
        return block;
    }
}
