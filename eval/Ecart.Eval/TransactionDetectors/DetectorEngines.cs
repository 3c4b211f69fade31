using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Eval.FraudHandbook;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.Eval.TransactionDetectors;

/// <summary>
/// One engine as it is by default, and one for each streaming detector with that at full weight, all fed the same. What detectors say changes no state, so one run
/// tells every weight.
/// </summary>
internal sealed class DetectorEngines
{
    private readonly TransactionEngine plain = new(TransactionOptions.Default);
    private readonly TransactionEngine[] streaming;
    private readonly Verdict scratch = new(TransactionLayout.Dimension);
    private readonly Dictionary<string, ScoredEvent> unlabelled = new(StringComparer.Ordinal);
    private Verdict verdict = new(TransactionLayout.Dimension);
    private long seq;

    /// <param name="streams">Kinds of <see cref="StreamDetectorOptions.Kinds"/>.</param>
    public DetectorEngines(IReadOnlyList<string> streams) =>
        streaming = [.. streams.Select(kind => new TransactionEngine(new TransactionOptions { StreamDetectors = [new() { Kind = kind, RankWeight = 1 }] }))];

    /// <summary>Scores an event, then learns it.</summary>
    /// <param name="transaction">The event.</param>
    /// <param name="scenario">Kind of fraud; null for none.</param>
    /// <param name="isLabelled">Whether a label of a fraud will come.</param>
    public RankedEvent Take(TransactionEvent transaction, string? scenario, bool isLabelled)
    {
        plain.Score(transaction, verdict);
        var scored = new ScoredEvent(transaction, verdict, 0, ++seq);
        plain.Learn(in scored);
        var evidence = new float[streaming.Length];
        for (int i = 0; i < streaming.Length; i++)
        {
            streaming[i].Score(transaction, scratch);
            streaming[i].Learn(new ScoredEvent(transaction, scratch, 0, seq));
            if (!verdict.IsLate) evidence[i] = (float)(1 - ((1 - scratch.RankScore) / (1 - verdict.RankScore)));
        }

        var ranked = new RankedEvent(
            new(transaction.EventUid, DateOnly.FromDateTime(transaction.OccurredAt), transaction.AccountId, verdict.IsLate ? 0 : verdict.RankScore, scenario),
            verdict.IsLearned && !verdict.IsLate,
            verdict.Embedding.ToArray(),
            evidence);
        if (scenario is null || !isLabelled) return ranked;
        unlabelled[transaction.EventUid] = scored;
        verdict = new Verdict(TransactionLayout.Dimension);
        return ranked;
    }

    /// <summary>Tells every engine that an event was fraud.</summary>
    public void Apply(Label label)
    {
        if (!unlabelled.Remove(label.EventUid, out ScoredEvent labelled)) return;
        seq++;
        plain.ApplyLabel(in labelled, label.IsFraud, previous: null, seq);
        foreach (TransactionEngine engine in streaming) engine.ApplyLabel(in labelled, label.IsFraud, previous: null, seq);
    }
}
