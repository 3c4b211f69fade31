using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Numerics;
using Ecart.Simulation;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>Simulated transactions as they come in life: with labels and corrections, duplicates, late events and records that cannot be read.</summary>
internal static class CardStream
{
    private const string Origin = "stream";

    /// <summary>Options under which verdict histories speak within the few days of a test.</summary>
    public static TransactionOptions Options { get; } = TransactionOptions.Default with
    {
        EntityHistory = TransactionOptions.Default.EntityHistory with { LabelDelayDays = 1, PriorStrength = 50 },
    };

    /// <summary>Genuine and fraudulent transactions in order of time, and nothing else.</summary>
    public static List<TransactionEvent> Events(ulong seed, int accounts, int days, DateTime? start = null) =>
        [.. Simulate(seed, accounts, days, start).Select(simulated => simulated.Event)];

    /// <summary>Events alone as items.</summary>
    public static List<ReplayItem> Items(IEnumerable<TransactionEvent> events) =>
        [.. events.Select((transaction, i) => new ReplayItem(transaction, null, null, Origin, i + 1))];

    /// <summary>The whole mixture.</summary>
    public static List<ReplayItem> Mixed(ulong seed, int accounts = 40, int days = 10)
    {
        var random = new SeededRandom(seed + 1000);
        var due = new PriorityQueue<object, DateTime>();
        var items = new List<ReplayItem>();
        foreach (SimulatedTransaction simulated in Simulate(seed, accounts, days, null))
        {
            TransactionEvent transaction = simulated.Event;
            while (due.TryPeek(out object? waiting, out DateTime at) && at <= transaction.OccurredAt)
            {
                due.Dequeue();
                Add(items, waiting);
            }

            if (random.Chance(0.02)) transaction = Copy(transaction, hours: -random.Next(1, 60));
            Add(items, transaction);
            if (simulated.IsFraud) due.Enqueue(LabelOf(transaction, true, 8), transaction.OccurredAt.AddHours(8));
            if (random.Chance(0.02)) Add(items, LabelOf(transaction, false, 0));
            if (random.Chance(0.02)) due.Enqueue(LabelOf(transaction, !simulated.IsFraud, 12), transaction.OccurredAt.AddHours(12));
            if (random.Chance(0.03)) due.Enqueue(Copy(transaction), transaction.OccurredAt.AddMinutes(random.Next(2000)));
            if (random.Chance(0.01)) due.Enqueue(Copy(transaction, more: 1), transaction.OccurredAt.AddMinutes(random.Next(2000)));
            if (random.Chance(0.01)) Add(items, new Label(TransactionEvent.DomainName, $"ghost {items.Count}", true, transaction.OccurredAt, "test"));
            if (random.Chance(0.01)) Add(items, Rejected(items.Count + 1));
        }

        return items;
    }

    /// <summary>The same transaction again, or one like it.</summary>
    public static TransactionEvent Copy(
        TransactionEvent original, int hours = 0, decimal more = 0, string? uid = null, string? account = null, string? city = null,
        string? currency = null, DateTime? at = null) => new()
        {
            EventUid = uid ?? original.EventUid,
            OccurredAt = (at ?? original.OccurredAt).AddHours(hours),
            AccountId = account ?? original.AccountId,
            Amount = original.Amount + more,
            ScoredAmount = original.ScoredAmount + (double)more,
            Currency = currency ?? original.Currency,
            MerchantId = original.MerchantId,
            MerchantCategory = original.MerchantCategory,
            Channel = original.Channel,
            Country = original.Country,
            City = city ?? original.City,
            Latitude = original.Latitude,
            Longitude = original.Longitude,
            DeviceId = original.DeviceId,
            IpAddress = original.IpAddress,
            UserAgentHash = original.UserAgentHash,
            UtcOffsetMinutes = original.UtcOffsetMinutes,
        };

    /// <summary>A label as an item of a line.</summary>
    public static ReplayItem Item(Label label, int line) => new(null, label, null, Origin, line);

    /// <summary>What became known about a transaction.</summary>
    public static Label LabelOf(TransactionEvent transaction, bool isFraud, int hours = 8) =>
        new(TransactionEvent.DomainName, transaction.EventUid, isFraud, transaction.OccurredAt.AddHours(hours), "test");

    private static IEnumerable<SimulatedTransaction> Simulate(ulong seed, int accounts, int days, DateTime? start)
    {
        var options = new TransactionSimulatorOptions
        {
            Seed = seed,
            Accounts = accounts,
            Merchants = 30,
            Days = days,
            QuietDays = days / 3,
            IncidentsPerDay = 15,
            CompromisedMerchants = 30,
            TransactionsPerDay = 3,
        };
        if (start is { } first) options = options with { Start = first };
        return new TransactionSimulator(options).Generate();
    }

    private static void Add(List<ReplayItem> items, object item)
    {
        int line = items.Count + 1;
        items.Add(new ReplayItem(item as TransactionEvent, item as Label, item as RejectedRecord, Origin, line));
    }

    private static RejectedRecord Rejected(int line) => new(
        Origin, 0, line, TransactionEvent.DomainName, null, RejectReason.Malformed, null, null, $"Line {line} is not a record.", "a,b\n"u8.ToArray());
}
