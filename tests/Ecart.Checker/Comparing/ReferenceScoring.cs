using Ecart.Checker.Producing;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;

namespace Ecart.Checker.Comparing;

/// <summary>
/// What the produced items must come to: an engine and dictionaries, in the order of production, with no store, no batches and nothing that breaks.
/// </summary>
internal sealed class ReferenceScoring
{
    private readonly TransactionEngine engine;
    private readonly long[] seq = new long[LaneMap.Count];
    private readonly Dictionary<string, bool> labels = new(StringComparer.Ordinal);

    private ReferenceScoring(TransactionOptions options) => engine = new TransactionEngine(options);

    /// <summary>Events by uid with verdict and place.</summary>
    public Dictionary<string, ScoredEvent> Events { get; } = new(StringComparer.Ordinal);

    /// <summary>Labels that say something new, by lane and place: the uid, the label, the one before.</summary>
    public Dictionary<(int Lane, long Seq), (string Uid, bool IsFraud, bool? Previous)> Labels { get; } = [];

    /// <summary>What is known in the end.</summary>
    public IReadOnlyDictionary<string, bool> Known => labels;

    public static ReferenceScoring Run(IEnumerable<ProducedItem> items, TransactionOptions options)
    {
        var result = new ReferenceScoring(options);
        foreach (ProducedItem item in items)
        {
            if (item.Event is { } transaction) result.Take(transaction);
            else if (item.Label is { } label) result.Take(label);
        }

        return result;
    }

    private void Take(TransactionEvent transaction)
    {
        if (Events.ContainsKey(transaction.EventUid)) return;
        int lane = LaneMap.LaneOf(transaction.Domain, transaction.PrimaryEntityId);
        var verdict = new Verdict(engine.Dimension);
        engine.Score(transaction, verdict);
        var scored = new ScoredEvent(transaction, verdict, lane, ++seq[lane]);
        engine.Learn(in scored);
        Events.Add(transaction.EventUid, scored);
    }

    private void Take(Label label)
    {
        ScoredEvent scored = Events[label.EventUid];
        bool? previous = labels.TryGetValue(label.EventUid, out bool before) ? before : null;
        if (previous == label.IsFraud) return;
        engine.ApplyLabel(in scored, label.IsFraud, previous, ++seq[scored.Lane]);
        labels[label.EventUid] = label.IsFraud;
        Labels.Add((scored.Lane, seq[scored.Lane]), (label.EventUid, label.IsFraud, previous));
    }
}
