namespace Ecart.Detection.Sequences;

/// <summary>
/// Whether the latest actions of a user look like the user's own or like somebody else's: the logarithm of how much likelier everybody is to do them, one
/// by one and one after the other, than this user is. Stateless but for scratch memory; not thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// Naive Bayes against the rest of the population, updating itself with what it takes for the user's own: R. Maxion, T. Townsend, Masquerade detection using
/// truncated command lines, DSN 2002. What differs from it: counts weigh by their root, probabilities of a user lean on those of the role and of everybody
/// (a Dirichlet prior), pairs of successive actions count beside single ones, and a block inherits part of the score of the one before it.
/// </para>
/// <para>Scores of a block grow with its actions: below 0 they are the user's own, far above 0 somebody else's.</para>
/// </remarks>
public sealed class SequenceDetector
{
    private readonly SequenceOptions options;
    private readonly SequenceBlock block;
    private readonly ulong[] actions;

    /// <summary>Makes a detector.</summary>
    /// <exception cref="Scoring.OptionsException">A constant is out of range.</exception>
    public SequenceDetector(SequenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate("sequence");
        this.options = options;
        block = new SequenceBlock(options.BlockLength);
        actions = new ulong[options.BlockLength];
    }

    /// <summary>Scores the block that is not full yet as it would be with one more action. Changes no state and allocates nothing.</summary>
    /// <param name="history">The user.</param>
    /// <param name="action">Hash of the action.</param>
    /// <param name="ticks">Event time.</param>
    /// <param name="reference">Whom the user is compared with.</param>
    /// <returns>The score; NaN while too little is known of the user.</returns>
    public double Score(SequenceHistory history, ulong action, long ticks, in SequenceReference reference)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Learned < options.MinimumActions) return double.NaN;
        int count = history.PendingCount;
        history.Pending.CopyTo(actions);
        actions[count] = action;
        block.Fill(actions.AsSpan(0, count + 1));
        return OwnScore(history.Own, in reference) + CarryAt(history, ticks);
    }

    /// <summary>
    /// How much likelier everybody is to do one action than this user is, as a logarithm: above 0 the action itself speaks for somebody else, whatever came before
    /// it.
    /// </summary>
    /// <returns>NaN while too little is known of the user.</returns>
    public double Step(SequenceHistory history, ulong action, in SequenceReference reference)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Learned < options.MinimumActions) return double.NaN;
        double everybody = reference.Everybody(action, history.Own, options);
        return Math.Log(everybody / Mine(action, everybody, history.Own, in reference));
    }

    /// <summary>Takes an action into the history. A full block is learned when it is normal, by its score or because the caller knows.</summary>
    /// <param name="history">The user.</param>
    /// <param name="action">Hash of the action.</param>
    /// <param name="ticks">Event time.</param>
    /// <param name="score">What <see cref="Score"/> said of it; NaN for no opinion, as for a block that is known to be the user's own.</param>
    /// <param name="isNormal">False keeps the action's block out of what is learned.</param>
    /// <param name="population">Learns the block too; null for not.</param>
    /// <param name="role">Learns its single actions too; null for none.</param>
    public void Learn(
        SequenceHistory history, ulong action, long ticks, double score, bool isNormal, SequenceCounts? population, SequenceCounts? role)
    {
        ArgumentNullException.ThrowIfNull(history);
        history.Append(action, options.BlockLength);
        if (!isNormal) history.IsTainted = true;
        if (history.PendingCount < options.BlockLength) return;

        bool isRecovery = options.RecoverAfterBlocks > 0 && history.Refused >= options.RecoverAfterBlocks;
        if (isRecovery || (!history.IsTainted && !(score >= options.LearnBelow)))
        {
            Take(history, population, role);
            history.Refused = 0;
        }
        else
        {
            history.Refused++;
        }

        history.Carry = double.IsNaN(score) ? 0 : options.CarryOver * Math.Clamp(score, options.CarryMinimum, options.CarryMaximum);
        history.CarryTicks = ticks;
        history.ClearPending();
    }

    private void Take(SequenceHistory history, SequenceCounts? population, SequenceCounts? role)
    {
        block.Fill(history.Pending);
        history.Own.Add(block);
        population?.Add(block);
        role?.AddActions(block);
        history.Learned += history.PendingCount;
        if (history.Learned < options.MemoryActions) return;
        history.Own.Halve();
        history.Learned /= 2;
    }

    private double CarryAt(SequenceHistory history, long ticks)
    {
        if (history.Carry == 0) return 0;
        double hours = Math.Max(0, (ticks - history.CarryTicks) / (double)TimeSpan.TicksPerHour);
        return history.Carry * Math.Pow(2, -hours / options.CarryHalfLifeHours);
    }

    private double OwnScore(SequenceCounts own, in SequenceReference reference)
    {
        double single = 0;
        foreach (ref readonly SequenceBlock.Part part in block.Actions)
        {
            double everybody = reference.Everybody(part.Key, own, options);
            double mine = Mine(part.Key, everybody, own, in reference);
            single += part.Weight * Math.Log(everybody / mine);
        }

        double pairs = 0;
        if (options.PairShare > 0)
        {
            foreach (ref readonly SequenceBlock.Part pair in block.Pairs)
            {
                double everybody = reference.Everybody(pair.Second, own, options);
                double mine = Mine(pair.Second, everybody, own, in reference);
                double theirs = reference.EverybodyAfter(in pair, everybody, own, options);
                pairs += pair.Weight * Math.Log(theirs / Blend(own.Pairs[pair.Key], own.Firsts[pair.First], mine, options.PairPriorWeight));
            }
        }

        return (((1 - options.PairShare) * single) + (options.PairShare * pairs)) / SequenceBlock.Unit;
    }

    private double Mine(ulong action, double everybody, SequenceCounts own, in SequenceReference reference) =>
        Blend(own.Actions[action], own.Actions.Total, reference.Peers(action, everybody, own, options), options.PriorWeight);

    /// <summary>The probability of something seen so often out of a total, leaning on a prior as if that had been seen so often.</summary>
    internal static double Blend(double seen, double total, double prior, double priorWeight)
    {
        double weight = priorWeight * SequenceBlock.Unit;
        return (seen + (weight * prior)) / (total + weight);
    }
}
