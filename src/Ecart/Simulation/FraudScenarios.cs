using Ecart.Domains.Transactions;
using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>What fraudsters do in the simulated world, a few incidents of each kind a day.</summary>
internal sealed class FraudScenarios(
    TransactionSimulatorOptions options, IReadOnlyList<SimulatedAccount> accounts, IReadOnlyList<SimulatedMerchant> merchants, SeededRandom random)
{
    private readonly Dictionary<SimulatedMerchant, int> compromises = [];
    private int incident;

    /// <summary>The incident that a compromised merchant belongs to.</summary>
    public int IncidentOf(SimulatedMerchant merchant) => compromises.GetValueOrDefault(merchant);

    /// <summary>Adds the fraud of a day to its genuine transactions.</summary>
    public void AddTo(List<TransactionSimulator.Draft> drafts, int day, DateTime midnight)
    {
        if (day < options.QuietDays) return;
        CompromiseMerchants(day);
        double mean = options.IncidentsPerDay * options.Accounts / 1000;
        Repeat(mean, () => StolenCardBurst(drafts, midnight));
        Repeat(mean, () => ImpossibleTravel(drafts, midnight));
        Repeat(mean, () => AccountTakeover(drafts, midnight));
        Repeat(mean, () => LargeWire(drafts, midnight));
        Repeat(mean, () => NightCashOut(drafts, midnight));
        Repeat(mean, () => CardTesting(drafts, midnight));
    }

    private void Repeat(double mean, Action incidentOfKind)
    {
        for (int i = random.NextPoisson(mean); i > 0; i--)
        {
            incident++;
            incidentOfKind();
        }
    }

    private void CompromiseMerchants(int day)
    {
        foreach (SimulatedMerchant merchant in merchants)
        {
            if (merchant.CompromisedUntil > 0 && day >= merchant.CompromisedUntil) merchant.CompromisedUntil = 0;
        }

        int wanted = (int)Math.Ceiling(options.CompromisedMerchants * options.Merchants / 500);
        for (int now = merchants.Count(merchant => merchant.CompromisedUntil > 0); now < wanted; now++)
        {
            SimulatedMerchant victim = Victim().Merchants[0];
            victim.CompromisedUntil = day + random.Next(14, 28);
            compromises[victim] = ++incident;
        }
    }

    private SimulatedAccount Victim() => accounts[random.Next(accounts.Count)];

    private TransactionSimulator.Draft Draft(SimulatedAccount victim, DateTime at, FraudKind kind, int order) =>
        new(victim, at) { Truth = kind, Incident = incident, Order = 1_000_000 + (incident * 100) + order };

    /// <summary>A moment of the day by the victim's local clock.</summary>
    private DateTime LocalTime(SimulatedAccount victim, DateTime midnight, double fromHour, double toHour)
    {
        DateTime at = midnight.AddSeconds(Math.Floor(random.Between(fromHour, toHour) * 3600)).AddMinutes(-victim.Place.OffsetMinutes(midnight));
        return at < midnight ? at.AddDays(1) : at;
    }

    private void StolenCardBurst(List<TransactionSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedAccount victim = Victim();
        DateTime at = LocalTime(victim, midnight, 9, 20);
        int count = random.Next(7, 14);
        for (int i = 0; i < count; i++)
        {
            SimulatedMerchant merchant = merchants[random.Next(merchants.Count)];
            double amount = random.NextLogNormal(merchant.Price * victim.Means * 2, 0.5);
            drafts.Add(Draft(victim, at, FraudKind.StolenCardBurst, i) with { Merchant = merchant, Amount = amount, Channel = TransactionChannel.Pos });
            at = at.AddSeconds(random.Next(90, 420));
        }
    }

    private void ImpossibleTravel(List<TransactionSimulator.Draft> drafts, DateTime midnight)
    {
        List<TransactionSimulator.Draft> present = drafts.FindAll(draft => draft.Truth == FraudKind.None && draft.Channel == TransactionChannel.Pos);
        if (present.Count == 0) return;
        TransactionSimulator.Draft genuine = present[random.Next(present.Count)];
        SimulatedAccount victim = genuine.Account;
        City far = City.All[random.Next(City.FarCities, City.All.Count - 1)];
        if (far == victim.Place) return;
        DateTime at = genuine.At.AddMinutes(random.Next(15, 75));
        int count = random.Next(1, 3);
        for (int i = 0; i < count; i++)
        {
            SimulatedMerchant merchant = merchants[random.Next(merchants.Count)];
            double amount = random.NextLogNormal(merchant.Price * victim.Means * 1.5, 0.5);
            drafts.Add(Draft(victim, at, FraudKind.ImpossibleTravel, i) with
            {
                Merchant = merchant,
                Amount = amount,
                Channel = TransactionChannel.Pos,
                Place = far,
            });
            at = at.AddMinutes(random.Next(3, 20));
        }
    }

    private void AccountTakeover(List<TransactionSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedAccount victim = Victim();
        DateTime at = LocalTime(victim, midnight, 8, 23);
        string device = $"X{random.NextBits():x12}";
        string address = $"198.51.100.{random.Next(1, 254)}";
        City place = City.All[random.Next(City.All.Count)];
        int count = random.Next(2, 6);
        for (int i = 0; i < count; i++)
        {
            SimulatedMerchant merchant = merchants[random.Next(merchants.Count)];
            double amount = Math.Max(250, merchant.Price * victim.Means * random.Between(5, 20));
            drafts.Add(Draft(victim, at, FraudKind.AccountTakeover, i) with
            {
                Merchant = merchant,
                Amount = amount,
                Channel = TransactionChannel.Online,
                Device = device,
                Address = address,
                Place = place,
            });
            at = at.AddMinutes(random.Next(4, 30));
        }
    }

    private void LargeWire(List<TransactionSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedAccount victim = Victim();
        DateTime at = LocalTime(victim, midnight, 7, 23);
        double amount = random.NextLogNormal(28_000, 0.7);
        drafts.Add(Draft(victim, at, FraudKind.LargeWire, 0) with { Amount = Math.Max(10_500, amount), Channel = TransactionChannel.Wire });
    }

    private void NightCashOut(List<TransactionSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedAccount victim = Victim();
        DateTime at = LocalTime(victim, midnight, 2, 5);
        int count = random.Next(3, 7);
        for (int i = 0; i < count; i++)
        {
            drafts.Add(Draft(victim, at, FraudKind.NightCashOut, i) with { Amount = 50 * random.Next(6, 20), Channel = TransactionChannel.Atm });
            at = at.AddMinutes(random.Next(1, 6));
        }
    }

    private void CardTesting(List<TransactionSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedAccount victim = Victim();
        DateTime at = LocalTime(victim, midnight, 0, 23);
        string device = $"X{random.NextBits():x12}";
        int count = random.Next(6, 14);
        for (int i = 0; i < count; i++)
        {
            drafts.Add(Draft(victim, at, FraudKind.CardTesting, i) with
            {
                Merchant = merchants[random.Next(merchants.Count)],
                Amount = random.Between(0.2, 3),
                Channel = TransactionChannel.Online,
                Device = device,
                Address = $"203.0.113.{random.Next(1, 254)}",
            });
            at = at.AddSeconds(random.Next(8, 60));
        }
    }
}
