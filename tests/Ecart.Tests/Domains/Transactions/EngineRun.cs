using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Profiles;
using Ecart.Scoring;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>An engine fed as a lane feeds it: score, learn, label, in the order of one log.</summary>
internal sealed class EngineRun(TransactionOptions? options = null, DomainModels? models = null)
{
    private readonly Dictionary<string, ScoredEvent> log = [];
    private readonly Dictionary<string, bool> labels = [];
    private long seq;

    public TransactionEngine Engine { get; } = new(options ?? TransactionOptions.Default, 1, models);

    public ReferencePatterns Patterns
    {
        set => Engine.Patterns = value;
    }

    public Verdict Feed(TransactionEvent transaction)
    {
        var verdict = Score(transaction);
        var scored = new ScoredEvent(transaction, verdict, 0, ++seq);
        Engine.Learn(in scored);
        log.Add(transaction.EventUid, scored);
        return verdict;
    }

    public Verdict Score(TransactionEvent transaction)
    {
        var verdict = new Verdict(TransactionLayout.Dimension);
        Engine.Score(transaction, verdict);
        return verdict;
    }

    public void Label(string uid, bool isFraud)
    {
        Engine.ApplyLabel(log[uid], isFraud, labels.TryGetValue(uid, out var previous) ? previous : null, ++seq);
        labels[uid] = isFraud;
    }

    /// <summary>A month of ordinary purchases: one a day at about noon.</summary>
    public EngineRun WithHabit(string account = "A1", int days = 30, double amount = 20, double step = 1, string? device = null)
    {
        for (var day = -days; day < 0; day++)
            Feed(TransactionCase.At((day * 1440) + (-day % 3 * 20), amount + (-day % 5 * step), account, device: device));
        return this;
    }

    public ProfileSummary Profile(string account = "A1", double minutes = 0) =>
        Engine.State.Accounts.All.Single(known => known.Id == account).Profile.Summarize(
            TransactionContextBuilder.DayOf(TransactionCase.At(minutes).OccurredAt), new float[TransactionLayout.Dimension]);
}
