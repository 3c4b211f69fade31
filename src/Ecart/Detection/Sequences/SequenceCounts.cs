using Ecart.Profiles;

namespace Ecart.Detection.Sequences;

/// <summary>
/// How often actions, and actions after one another, were done: of one user, of the users of a role or of everybody. Bounded. Not thread-safe.
/// </summary>
public sealed class SequenceCounts
{
    /// <summary>Pairs remembered for each action that is.</summary>
    internal const int PairsPerAction = 4;

    /// <summary>Makes empty counts.</summary>
    /// <param name="actions">Most distinct actions; four times as many pairs.</param>
    public SequenceCounts(int actions)
    {
        Actions = new CountTable(actions);
        Pairs = new CountTable(actions * PairsPerAction);
        Firsts = new CountTable(actions);
    }

    /// <summary>Blocks of actions that were added.</summary>
    public int Blocks { get; internal set; }

    internal CountTable Actions { get; }

    internal CountTable Pairs { get; }

    /// <summary>Weight of the pairs that begin with an action.</summary>
    internal CountTable Firsts { get; }

    internal void Add(SequenceBlock block)
    {
        Blocks++;
        foreach (ref readonly SequenceBlock.Part part in block.Actions) Actions.Add(part.Key, part.Weight);
        foreach (ref readonly SequenceBlock.Part part in block.Pairs)
        {
            Pairs.Add(part.Key, part.Weight);
            Firsts.Add(part.First, part.Weight);
        }
    }

    /// <summary>Adds what was done, not what followed what.</summary>
    internal void AddActions(SequenceBlock block)
    {
        Blocks++;
        foreach (ref readonly SequenceBlock.Part part in block.Actions) Actions.Add(part.Key, part.Weight);
    }

    /// <summary>Takes back one of the times that an action was done, as far as it is remembered.</summary>
    internal void Forget(ulong action) => Actions.Subtract(action, SequenceBlock.Unit);

    internal void Halve()
    {
        Actions.Halve();
        Pairs.Halve();
        Firsts.Halve();
    }

    internal void Add(SequenceCounts other)
    {
        Blocks += other.Blocks;
        Actions.Add(other.Actions);
        Pairs.Add(other.Pairs);
        Firsts.Add(other.Firsts);
    }
}
