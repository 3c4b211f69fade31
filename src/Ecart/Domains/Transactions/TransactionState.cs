using Ecart.Profiles;
using Ecart.Thresholds;

namespace Ecart.Domains.Transactions;

/// <summary>Everything the transactions domain remembers. Not thread-safe.</summary>
internal sealed class TransactionState
{
    /// <summary>Days of verdict history kept beyond window and label delay, for late events.</summary>
    private const int SpareDays = 8;
    private readonly TransactionOptions options;
    private readonly int historyDays;

    public TransactionState(TransactionOptions options)
    {
        this.options = options;
        historyDays = options.EntityHistory.WindowDays + options.EntityHistory.LabelDelayDays + SpareDays;
        Domain = new DailyHistory(historyDays);
        int populationDays = options.Rank.PopulationDays;
        AmountDeviation = new TailHistogram(TailHistogram.StepEdges(-5, 0.25, 10, 1.1, 1e6), populationDays);
        Amount = new TailHistogram(TailHistogram.StepEdges(0.01, 1, 0.01, 1.1, 1e8), populationDays);
    }

    public Dictionary<string, AccountState> Accounts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DailyHistory> Merchants { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DailyHistory> Devices { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DailyHistory> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>All events and frauds of the domain by day.</summary>
    public DailyHistory Domain { get; }

    /// <summary>Population of the amount's deviation from the account's own.</summary>
    public TailHistogram AmountDeviation { get; }

    /// <summary>Population of amounts.</summary>
    public TailHistogram Amount { get; }

    /// <summary>Whether the population histograms changed since the last checkpoint.</summary>
    public bool PopulationIsDirty { get; set; }

    public AccountState AccountOf(string accountId)
    {
        if (!Accounts.TryGetValue(accountId, out AccountState? account))
            Accounts.Add(accountId, account = new AccountState(accountId, options.Profile));
        return account;
    }

    public DailyHistory NewHistory() => new(historyDays);

    /// <summary>Adds to the day of every entity of an event and of the domain.</summary>
    public void Count(TransactionEvent transaction, int day, int events, int frauds)
    {
        Domain.Add(day, events, frauds);
        Count(Merchants, transaction.MerchantId, day, events, frauds);
        Count(Devices, transaction.DeviceId, day, events, frauds);
        Count(Addresses, transaction.IpAddress, day, events, frauds);
    }

    private void Count(Dictionary<string, DailyHistory> histories, string? id, int day, int events, int frauds)
    {
        if (id is null) return;
        if (!histories.TryGetValue(id, out DailyHistory? history)) histories.Add(id, history = NewHistory());
        history.Add(day, events, frauds);
    }
}
