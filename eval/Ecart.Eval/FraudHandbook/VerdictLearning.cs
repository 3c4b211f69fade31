using Ecart.Domains.Transactions;
using Ecart.Learning;

namespace Ecart.Eval.FraudHandbook;

/// <summary>
/// Learns from verdicts as a service would: what an event looked like when it was scored waits until its label is due; an event that got none by then is
/// ordinary. Before a test week trees learn from what is known by then.
/// </summary>
internal sealed class VerdictLearning
{
    /// <summary>First days of a stream, in which histories are still too short to look like those of later days.</summary>
    private const int WarmUpDays = 14;

    private readonly TimeSpan delay = TimeSpan.FromDays(FraudHandbookSplit.LabelDelayDays);
    private readonly Queue<(DateTime At, string Uid, float[] Features)> waiting = new();
    private readonly HashSet<string> frauds = new(StringComparer.Ordinal);
    private readonly VerdictSample sample = new(TransactionFeatures.Names);
    private readonly VerdictTrainer trainer = new();
    private DateTime firstDay;

    /// <summary>Frauds and ordinary events that trees learned from.</summary>
    public (int Frauds, long Ordinary) Learned => (sample.Frauds, sample.Ordinary);

    /// <summary>Why nothing could be learned; null when something was.</summary>
    public string? Notice { get; private set; }

    /// <summary>Takes in an event with its features at the time it was scored.</summary>
    public void Observe(TransactionEvent transaction, ReadOnlySpan<float> features)
    {
        if (firstDay == default) firstDay = transaction.OccurredAt.Date;
        if (transaction.OccurredAt - firstDay < TimeSpan.FromDays(WarmUpDays)) return;
        waiting.Enqueue((transaction.OccurredAt, transaction.EventUid, features.ToArray()));
        Settle(transaction.OccurredAt);
    }

    /// <summary>Takes in the label of a fraud.</summary>
    public void Confirm(string uid) => frauds.Add(uid);

    /// <summary>Trains on what is known at a time; nothing when that is too little, so that the untrained rank stays.</summary>
    public VerdictModels Train(DateTime now)
    {
        Settle(now);
        try
        {
            return new VerdictModels(new VersionedTrees(1, trainer.Train(sample)), null);
        }
        catch (TooFewVerdictsException error)
        {
            Notice = error.Message;
            return VerdictModels.None;
        }
    }

    private void Settle(DateTime now)
    {
        while (waiting.TryPeek(out (DateTime At, string Uid, float[] Features) oldest) && oldest.At + delay <= now)
        {
            waiting.Dequeue();
            sample.Add(oldest.Features, frauds.Remove(oldest.Uid));
        }
    }
}
