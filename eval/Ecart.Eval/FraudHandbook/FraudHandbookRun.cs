using Ecart.Domains.Transactions;
using Ecart.Eval.Running;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Scoring;
using Ecart.Streaming.Files;
using Ecart.Streaming.Sources;

namespace Ecart.Eval.FraudHandbook;

/// <summary>
/// Takes monthly files through the product's own way: reader, decoder, label stream, engine; each transaction is scored before it is learned.
/// </summary>
internal sealed class FraudHandbookRun(FraudHandbookSplit split, LabelUse use)
{
    private const int ProgressStep = 4096;
    private readonly TransactionEngine engine = new(TransactionOptions.Default) { KeepsFeatures = use.IsLearning };
    private readonly VerdictLearning? learning = use.IsLearning ? new VerdictLearning() : null;
    private readonly List<ScoredTransaction> transactions = [];
    /// <summary>Frauds whose label is still to come, with the verdicts that they had; the store's part in a service.</summary>
    private readonly Dictionary<string, ScoredEvent> unlabelled = new(StringComparer.Ordinal);
    private Verdict verdict = new(TransactionLayout.Dimension);
    private long seq;
    private bool isTrained;

    /// <summary>Records that could not be read.</summary>
    public int Rejected { get; private set; }

    /// <summary>Day of the first transaction; the default value when there was none.</summary>
    public DateOnly FirstDay { get; private set; }

    /// <summary>Why the trees could not be trained, so that the untrained rank was used; null when they were or were not to be.</summary>
    public string? Notice => learning?.Notice;

    /// <summary>Scores the files.</summary>
    /// <param name="paths">In order of their months.</param>
    /// <param name="time">The clock that bounds how far in the future events may lie.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    /// <returns>The transactions from the first training day to the last test day.</returns>
    /// <exception cref="EvaluationException">A file cannot be read.</exception>
    public IReadOnlyList<ScoredTransaction> Score(IReadOnlyList<string> paths, TimeProvider time, Action<double> progress)
    {
        (RecordReader reader, TruthRecorder truth) = FraudHandbookFiles.Open(paths, time);
        var labels = new ReplayLabels(use.IsFeedback, TimeSpan.FromDays(FraudHandbookSplit.LabelDelayDays), ApplyRest: false);
        using var source = new FileReplaySource(paths, reader, labels);
        for (long items = 0; source.TryRead(out ReplayItem item); items++)
        {
            if (item.Label is { } label) Apply(label);
            else if (item.Event is not TransactionEvent transaction) Rejected++;
            else if (!Score(transaction, truth.ScenarioOf(transaction.EventUid))) break;
            if (items % ProgressStep == 0) progress(source.Progress);
        }

        if (source.Failure is { } fault) throw new EvaluationException(fault, EvaluationProgram.Failed);
        progress(1);
        return transactions;
    }

    /// <returns>False when the transaction is later than the last test day.</returns>
    private bool Score(TransactionEvent transaction, string? scenario)
    {
        var day = DateOnly.FromDateTime(transaction.OccurredAt);
        if (day > split.Test.Last) return false;
        if (FirstDay == default) FirstDay = day;
        if (learning is not null && !isTrained && day >= split.Test.First)
        {
            engine.VerdictModels = learning.Train(split.Test.First.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
            isTrained = true;
        }

        engine.Score(transaction, verdict);
        var scored = new ScoredEvent(transaction, verdict, 0, ++seq);
        engine.Learn(in scored);
        if (!verdict.IsLate) learning?.Observe(transaction, engine.Features);
        if (day >= split.Training.First || split.Test.Contains(day))
            transactions.Add(new(transaction.EventUid, day, transaction.AccountId, verdict.IsLate ? 0 : verdict.RankScore, scenario));
        if (scenario is null || !use.IsFeedback) return true;
        unlabelled[transaction.EventUid] = scored;
        verdict = new Verdict(TransactionLayout.Dimension);
        return true;
    }

    private void Apply(Label label)
    {
        if (!unlabelled.Remove(label.EventUid, out ScoredEvent labelled)) return;
        learning?.Confirm(label.EventUid);
        engine.ApplyLabel(in labelled, label.IsFraud, previous: null, ++seq);
    }
}
