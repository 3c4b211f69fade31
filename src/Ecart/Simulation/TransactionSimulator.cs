using Ecart.Domains.Transactions;
using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>
/// A seeded stream of card transactions with fraud of each kind that the domain detects, in order of event time. It makes days one after the
/// other, so memory does not grow with their number. Not thread-safe.
/// </summary>
public sealed class TransactionSimulator
{
    private readonly TransactionSimulatorOptions options;
    private readonly SeededRandom random;
    private readonly List<SimulatedMerchant> merchants = [];
    private readonly List<SimulatedAccount> accounts = [];
    private readonly List<Draft> drafts = [];
    private readonly FraudScenarios fraud;
    private long number;

    /// <summary>Makes the world.</summary>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public TransactionSimulator(TransactionSimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        random = new SeededRandom(options.Seed);
        for (int i = 0; i < options.Merchants; i++) merchants.Add(new SimulatedMerchant(i + 1, random));
        for (int i = 0; i < options.Accounts; i++) accounts.Add(new SimulatedAccount(i + 1, merchants, options.TransactionsPerDay, random));
        fraud = new FraudScenarios(options, accounts, merchants, random);
    }

    /// <summary>Generates the stream. Call once.</summary>
    public IEnumerable<SimulatedTransaction> Generate()
    {
        var spill = new List<Draft>();
        for (int day = 0; day < options.Days; day++)
        {
            drafts.Clear();
            DateTime midnight = options.Start.AddDays(day);
            foreach (SimulatedAccount account in accounts) LiveADay(account, day, midnight);
            fraud.AddTo(drafts, day, midnight);
            // Moments of the same second get their order before they are sorted.
            for (int i = 0; i < drafts.Count; i++) drafts[i] = drafts[i] with { At = drafts[i].At.AddMicroseconds(random.Next(1_000_000)) };
            drafts.AddRange(spill);
            spill.Clear();
            DateTime end = midnight.AddDays(1);
            foreach (Draft draft in drafts.OrderBy(draft => draft.At).ThenBy(draft => draft.Order))
            {
                if (draft.At >= end) spill.Add(draft);
                else yield return Finish(draft);
            }
        }
    }

    private void LiveADay(SimulatedAccount account, int day, DateTime midnight)
    {
        account.BeginDay(day, merchants, random);
        bool isWeekend = midnight.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        int count = random.NextPoisson(account.PerDay * (isWeekend ? account.WeekendFactor : 1));
        for (int i = 0; i < count; i++)
        {
            double hour = account.PeakHour + (3.2 * random.NextNormal());
            DateTime local = midnight.AddSeconds(Math.Floor((((hour % 24) + 24) % 24) * 3600));
            DateTime at = local.AddMinutes(-account.Place.OffsetMinutes(midnight.AddHours(12)));
            if (at < midnight) at = at.AddDays(1);
            drafts.Add(Genuine(account, at));
        }
    }

    private Draft Genuine(SimulatedAccount account, DateTime at)
    {
        double what = random.NextDouble();
        SimulatedMerchant merchant = random.Chance(0.85)
            ? account.Merchants[Math.Min(random.Next(account.Merchants.Length), random.Next(account.Merchants.Length))]
            : merchants[random.Next(merchants.Count)];
        double amount = random.NextLogNormal(merchant.Price * account.Means, 0.45);
        if (random.Chance(0.004)) amount *= random.Between(3, 8);
        var draft = new Draft(account, at) { Merchant = merchant, Amount = amount, Channel = merchant.Channel, Order = drafts.Count };
        if (what < 0.06) draft = draft with { Channel = TransactionChannel.Atm, Amount = 10 * random.Next(2, 20), Merchant = null };
        else if (what < 0.08) draft = draft with { Channel = TransactionChannel.Wire, Amount = random.NextLogNormal(300 * account.Means, 0.8), Merchant = null };
        else if (what < 0.18 && !merchant.IsOnline) draft = draft with { Channel = TransactionChannel.Mobile };
        bool isAway = account.IsTravelling || (account.Holiday is null && merchant.City != account.Home && !merchant.IsOnline);
        if (isAway && draft.Channel is TransactionChannel.Pos or TransactionChannel.Atm or TransactionChannel.Mobile)
            draft = draft with { Channel = TransactionChannel.Online };
        if (merchant.CompromisedUntil > 0 && draft.Merchant is not null && random.Chance(0.8))
            draft = draft with { Truth = FraudKind.CompromisedMerchant, Incident = fraud.IncidentOf(merchant) };
        return draft;
    }

    private SimulatedTransaction Finish(Draft draft)
    {
        SimulatedAccount account = draft.Account;
        City place = draft.Place ?? account.Place;
        bool isPresent = draft.Channel is TransactionChannel.Pos or TransactionChannel.Atm;
        bool isHome = place == account.Home && draft.Merchant is { } local && local.City == place;
        decimal amount = Math.Max(0.01m, Math.Round((decimal)Math.Min(draft.Amount, 5e6), 2));
        double latitude = isHome ? draft.Merchant!.Latitude : Math.Round(place.Latitude + random.Between(-0.05, 0.05), 5);
        double longitude = isHome ? draft.Merchant!.Longitude : Math.Round(place.Longitude + random.Between(-0.05, 0.05), 5);
        var transaction = new TransactionEvent
        {
            EventUid = $"sim-{options.Seed}-{++number}",
            OccurredAt = draft.At,
            AccountId = account.Id,
            Amount = amount,
            ScoredAmount = (double)amount,
            MerchantId = draft.Merchant?.Id,
            MerchantCategory = draft.Channel switch
            {
                TransactionChannel.Atm => "cash",
                TransactionChannel.Wire => "transfer",
                _ => draft.Merchant?.Category,
            },
            Channel = draft.Channel,
            Country = place.Country,
            City = place.Name,
            Latitude = isPresent ? latitude : double.NaN,
            Longitude = isPresent ? longitude : double.NaN,
            DeviceId = isPresent ? null : draft.Device ?? account.Device,
            IpAddress = isPresent ? null : draft.Address ?? account.Address,
            UserAgentHash = isPresent ? null : account.UserAgentHash,
            UtcOffsetMinutes = place.OffsetMinutes(draft.At),
        };
        return new SimulatedTransaction(transaction, draft.Truth, draft.Incident);
    }

    /// <summary>A transaction before it has a uid.</summary>
    internal sealed record Draft(SimulatedAccount Account, DateTime At)
    {
        public SimulatedMerchant? Merchant { get; init; }

        public double Amount { get; init; }

        public TransactionChannel Channel { get; init; }

        public City? Place { get; init; }

        public string? Device { get; init; }

        public string? Address { get; init; }

        public FraudKind Truth { get; init; }

        public int Incident { get; init; }

        public int Order { get; init; }
    }
}
