using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Rules.Windows;
using Ecart.Thresholds;

namespace Ecart.Domains.Transactions;

/// <summary>Everything the transactions domain remembers. Not thread-safe.</summary>
internal sealed class TransactionState
{
    /// <summary>Days of verdict history kept beyond window and label delay, for late events.</summary>
    private const int SpareDays = 8;
    private readonly TransactionOptions options;
    private readonly bool isUnitLength;
    private DailyHistory? scratch;

    /// <param name="options">Constants.</param>
    /// <param name="isUnitLength">Whether embeddings have length 1.</param>
    public TransactionState(TransactionOptions options, bool isUnitLength = true)
    {
        this.isUnitLength = isUnitLength;
        this.options = options;
        HistoryDays = options.EntityHistory.WindowDays + options.EntityHistory.LabelDelayDays + SpareDays;
        Domain = new DailyHistory(HistoryDays);
        var rules = new RuleSet<TransactionContext>(options.Rules, TransactionRuleFields.All, "rules");
        Windows = new EntityWindows<TransactionContext>(
            TransactionRuleFields.All, rules.Windows, options.RuleWindows, TimeSpan.FromMinutes(options.AllowedLatenessMinutes));
        int populationDays = options.Rank.PopulationDays;
        AmountDeviation = new TailHistogram(TailHistogram.StepEdges(-5, 0.25, 10, 1.1, 1e6), populationDays);
        Streams = new StreamPopulations(TransactionStreamFields.All.SlotsOf(options.StreamDetectors), populationDays, TransactionRanker.Statistics);
        Amount = new TailHistogram(TailHistogram.StepEdges(0.01, 1, 0.01, 1.1, 1e8), populationDays);
    }

    /// <summary>What the windows of rules look at, of accounts and of the entities that all lanes share.</summary>
    public EntityWindows<TransactionContext> Windows { get; }

    /// <summary>Days of verdict history kept.</summary>
    public int HistoryDays { get; }

    public ResidentEntities<AccountState> Accounts { get; } = new();

    public Dictionary<string, DailyHistory> Merchants { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DailyHistory> Devices { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DailyHistory> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>All events and frauds of the domain by day.</summary>
    public DailyHistory Domain { get; }

    /// <summary>Population of the amount's deviation from the account's own.</summary>
    public TailHistogram AmountDeviation { get; }

    /// <summary>Population of amounts.</summary>
    public TailHistogram Amount { get; }

    /// <summary>The streaming detectors that every account has, with the population of their scores.</summary>
    public StreamPopulations Streams { get; }

    /// <summary>What other processes have counted: their histories and populations add to these. Null in a process alone.</summary>
    public TransactionState? Others
    {
        get;
        set
        {
            field = value;
            AmountDeviation.Other = value?.AmountDeviation;
            Amount.Other = value?.Amount;
            Streams.Others = value?.Streams;
            Windows.Others = value?.Windows;
        }
    }

    /// <summary>Whether the population histograms changed since the last checkpoint.</summary>
    public bool PopulationIsDirty { get; set; }

    /// <summary>The account of a log entry, which is going to change it.</summary>
    public AccountState Change(string accountId, int lane, long seq)
    {
        if (!Accounts.TryGet(accountId, out AccountState? account)) Accounts.Put(account = NewAccount(accountId));
        Accounts.Change(account);
        account.Lane = lane;
        account.Seq = seq;
        return account;
    }

    public AccountState NewAccount(string accountId) => new(accountId, options, isUnitLength, Streams.Slots);

    public DailyHistory NewHistory() => new(HistoryDays);

    /// <summary>The history of an entity as all processes count it, valid until the next call; null when there is none.</summary>
    /// <param name="histories">One of the dictionaries of this state.</param>
    /// <param name="others">The same of <see cref="Others"/>.</param>
    /// <param name="id">The entity; null for none.</param>
    public DailyHistory? Find(Dictionary<string, DailyHistory> histories, Dictionary<string, DailyHistory>? others, string? id)
    {
        if (id is null) return null;
        histories.TryGetValue(id, out DailyHistory? own);
        if (others is null || !others.TryGetValue(id, out DailyHistory? other)) return own;
        if (own is null) return other;
        scratch ??= NewHistory();
        scratch.Sum(own, other);
        return scratch;
    }

    /// <summary>Adds to the day of every entity of an event and of the domain.</summary>
    public void Count(TransactionEvent transaction, int day, int events, int frauds, int evident = 0)
    {
        int newest = Domain.NewestDay;
        Domain.Add(day, events, frauds, evident);
        if (Domain.NewestDay > newest) Forget();
        if (day <= Domain.NewestDay - HistoryDays) return;
        Count(Merchants, transaction.MerchantId, day, events, frauds, evident);
        Count(Devices, transaction.DeviceId, day, events, frauds, evident);
        Count(Addresses, transaction.IpAddress, day, events, frauds, evident);
    }

    /// <summary>
    /// Every history ends where the domain's does, so that what is remembered is what a restart reads back, and entities long unseen cost no memory.
    /// </summary>
    private void Forget()
    {
        int last = Domain.NewestDay - HistoryDays;
        Forget(Merchants, last);
        Forget(Devices, last);
        Forget(Addresses, last);
    }

    private static void Forget(Dictionary<string, DailyHistory> histories, int last)
    {
        foreach ((string id, DailyHistory history) in histories)
        {
            history.ForgetUntil(last);
            if (history.Days.IsEmpty) histories.Remove(id);
        }
    }

    private void Count(Dictionary<string, DailyHistory> histories, string? id, int day, int events, int frauds, int evident)
    {
        if (id is null) return;
        if (!histories.TryGetValue(id, out DailyHistory? history)) histories.Add(id, history = NewHistory());
        history.Add(day, events, frauds, evident);
    }
}
