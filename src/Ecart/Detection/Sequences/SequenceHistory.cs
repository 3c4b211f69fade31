namespace Ecart.Detection.Sequences;

/// <summary>What one user did, and the block that is not full yet. A fold over the user's actions. Not thread-safe.</summary>
public sealed class SequenceHistory
{
    private ulong[] pending = [];

    /// <summary>Makes an empty history.</summary>
    public SequenceHistory(SequenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Own = new SequenceCounts(options.UserActions);
    }

    /// <summary>What was learned as the user's own.</summary>
    public SequenceCounts Own { get; }

    /// <summary>Actions in the block that is not full yet.</summary>
    public int PendingCount { get; private set; }

    /// <summary>Actions learned, older ones counting less.</summary>
    internal int Learned { get; set; }

    /// <summary>What the next block inherits, as of <see cref="CarryTicks"/>.</summary>
    internal double Carry { get; set; }

    internal long CarryTicks { get; set; }

    /// <summary>Blocks in a row that were not learned.</summary>
    internal int Refused { get; set; }

    /// <summary>Whether the block that is not full yet holds an action that must not be learned.</summary>
    internal bool IsTainted { get; set; }

    internal ReadOnlySpan<ulong> Pending => pending.AsSpan(0, PendingCount);

    internal void Append(ulong action, int blockLength)
    {
        if (PendingCount == pending.Length) Array.Resize(ref pending, Math.Clamp(2 * PendingCount, 8, blockLength));
        pending[PendingCount++] = action;
    }

    /// <summary>An action turned out not to be the user's own: what is not learned yet will not be, what was learned loses it.</summary>
    internal void Forget(ulong action)
    {
        if (Pending.Contains(action)) IsTainted = true;
        else Own.Forget(action);
    }

    internal void ClearPending()
    {
        PendingCount = 0;
        IsTainted = false;
    }
}
