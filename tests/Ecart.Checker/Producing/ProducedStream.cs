using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Numerics;
using Ecart.Simulation;

namespace Ecart.Checker.Producing;

/// <summary>What is produced, by its seed alone: simulated payments, fraud reported later and sometimes corrected, repetitions, records
/// that nobody can read.</summary>
internal static class ProducedStream
{
    private const int MostItemsBetweenRepetitions = 3000;

    /// <summary>The items in the order in which they are produced.</summary>
    public static List<ProducedItem> Make(CheckOptions options)
    {
        var random = new SeededRandom(options.Seed + 77);
        var items = new List<ProducedItem>(options.Events * 2);
        var due = new PriorityQueue<ProducedItem, int>();
        var world = new TransactionSimulatorOptions
        {
            Seed = options.Seed,
            Accounts = Math.Max(50, options.Events / 100),
            Merchants = 100,
            Days = 365,
            QuietDays = 10,
            TransactionsPerDay = 3,
            IncidentsPerDay = 10,
            CompromisedMerchants = 100,
        };
        foreach (SimulatedTransaction simulated in new TransactionSimulator(world).Generate().Take(options.Events))
        {
            while (due.TryPeek(out ProducedItem waiting, out int at) && at <= items.Count)
            {
                due.Dequeue();
                items.Add(waiting);
            }

            // As it reads back from its text: times to the microsecond.
            TransactionEvent transaction = WireText.Read(WireText.Write(new ProducedItem(simulated.Event, null))).Event!;
            items.Add(new ProducedItem(transaction, null));
            if (options.Twice) due.Enqueue(new ProducedItem(transaction, null), items.Count + random.Next(1, MostItemsBetweenRepetitions));
            if (options.HasBroker && random.Chance(options.UnreadableShare))
                due.Enqueue(new ProducedItem(null, null, Unreadable(transaction, items.Count)), items.Count + random.Next(0, MostItemsBetweenRepetitions));
            if (!options.HasLabels) continue;
            if (simulated.IsFraud) due.Enqueue(LabelOf(transaction, true), items.Count + random.Next(0, MostItemsBetweenRepetitions));
            if (random.Chance(0.01)) due.Enqueue(LabelOf(transaction, false), items.Count + random.Next(0, MostItemsBetweenRepetitions));
        }

        while (due.TryDequeue(out ProducedItem last, out _)) items.Add(last);
        return items;
    }

    /// <summary>Each a different one, and of one of three kinds: a field is missing, the text breaks off, it is no JSON at all.</summary>
    private static string Unreadable(TransactionEvent like, int number) => (number % 3) switch
    {
        0 => $"{{\"uid\":\"unreadable-{number}\",\"account\":\"{like.AccountId}\",\"amount\":1.5}}",
        1 => $"{{\"uid\":\"unreadable-{number}\",\"account\":",
        _ => $"unreadable-{number}",
    };

    private static ProducedItem LabelOf(TransactionEvent transaction, bool isFraud) =>
        new(null, new Label(TransactionEvent.DomainName, transaction.EventUid, isFraud, transaction.OccurredAt.AddHours(8), "checker"));
}
