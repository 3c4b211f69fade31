using Ecart.Domains.Transactions;
using Ecart.Simulation;

namespace Ecart.Bench.Pipeline;

/// <summary>The events of a run: the same at every call, but new objects, so that nothing that one run has computed helps the next.</summary>
internal sealed class EventStream(int events, int accounts)
{
    private const double PerAccountAndDay = 2;

    /// <summary>Days that the events span.</summary>
    public int Days { get; } = (int)Math.Ceiling(1.2 * events / (accounts * PerAccountAndDay)) + 1;

    /// <summary>Generates the events in order of event time.</summary>
    public TransactionEvent[] Generate()
    {
        var world = new TransactionSimulatorOptions { Accounts = accounts, Days = Days, TransactionsPerDay = PerAccountAndDay };
        return [.. new TransactionSimulator(world).Generate().Take(events).Select(simulated => simulated.Event)];
    }

    /// <summary>Generates all events of some days, fraud among them.</summary>
    public static TransactionEvent[] GenerateDays(int accounts, int days)
    {
        var world = new TransactionSimulatorOptions { Accounts = accounts, Days = days, QuietDays = days / 3, TransactionsPerDay = PerAccountAndDay };
        return [.. new TransactionSimulator(world).Generate().Select(simulated => simulated.Event)];
    }

    /// <summary>The same events some days later, as new ones: every account, merchant, device and address is known by then.</summary>
    public static TransactionEvent[] Later(TransactionEvent[] events, int days)
    {
        var later = new TransactionEvent[events.Length];
        for (int i = 0; i < events.Length; i++) later[i] = Later(events[i], days);
        return later;
    }

    private static TransactionEvent Later(TransactionEvent earlier, int days) => new()
    {
        EventUid = $"{earlier.EventUid}+{days}",
        OccurredAt = earlier.OccurredAt.AddDays(days),
        AccountId = earlier.AccountId,
        Amount = earlier.Amount,
        Currency = earlier.Currency,
        ScoredAmount = earlier.ScoredAmount,
        MerchantId = earlier.MerchantId,
        MerchantCategory = earlier.MerchantCategory,
        Channel = earlier.Channel,
        Country = earlier.Country,
        City = earlier.City,
        Latitude = earlier.Latitude,
        Longitude = earlier.Longitude,
        DeviceId = earlier.DeviceId,
        IpAddress = earlier.IpAddress,
        UserAgentHash = earlier.UserAgentHash,
        UtcOffsetMinutes = earlier.UtcOffsetMinutes,
    };
}
