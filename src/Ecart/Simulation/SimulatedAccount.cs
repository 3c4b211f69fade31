using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>An account holder of the simulated world: home, means, rhythm, habits.</summary>
internal sealed class SimulatedAccount
{
    private const int Favourites = 12;

    public SimulatedAccount(int number, IReadOnlyList<SimulatedMerchant> merchants, double perDay, SeededRandom random)
    {
        Id = $"A{number:D7}";
        Home = City.All[random.Next(City.HomeCities)];
        Means = random.NextLogNormal(1, 0.35);
        PerDay = Math.Clamp(random.NextLogNormal(perDay * 0.85, 0.6), perDay * 0.1, perDay * 8);
        WeekendFactor = random.Between(0.7, 1.5);
        PeakHour = random.Chance(0.04) ? random.Between(22, 25) : random.Between(11, 19);
        Device = $"D{random.NextBits():x12}";
        Address = $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 254)}";
        UserAgentHash = $"{random.NextBits():x16}";
        Merchants = new SimulatedMerchant[Favourites];
        for (int i = 0; i < Favourites; i++) Merchants[i] = Nearby(merchants, random);
    }

    public string Id { get; }

    public City Home { get; }

    /// <summary>Multiplies prices.</summary>
    public double Means { get; }

    /// <summary>Transactions a day.</summary>
    public double PerDay { get; }

    public double WeekendFactor { get; }

    /// <summary>Local hour of most activity; above 24 is after midnight.</summary>
    public double PeakHour { get; }

    public string Device { get; private set; }

    public string Address { get; }

    public string UserAgentHash { get; }

    public SimulatedMerchant[] Merchants { get; }

    /// <summary>Where the holder is on holiday; null at home.</summary>
    public City? Holiday { get; private set; }

    /// <summary>First day back home.</summary>
    public int HolidayUntil { get; private set; }

    /// <summary>Day of leaving or coming home: the card stays in the pocket.</summary>
    public bool IsTravelling { get; private set; }

    public City Place => Holiday ?? Home;

    /// <summary>Begins a day: holidays start and end, a new device or merchant becomes a habit now and then.</summary>
    public void BeginDay(int day, IReadOnlyList<SimulatedMerchant> merchants, SeededRandom random)
    {
        IsTravelling = false;
        if (Holiday is not null && day >= HolidayUntil)
        {
            Holiday = null;
            IsTravelling = true;
        }
        else if (Holiday is null && random.Chance(0.004))
        {
            Holiday = City.All[random.Next(City.All.Count)];
            HolidayUntil = day + random.Next(4, 14);
            IsTravelling = true;
        }

        if (random.Chance(0.003)) Device = $"D{random.NextBits():x12}";
        if (random.Chance(0.03)) Merchants[random.Next(Favourites)] = Nearby(merchants, random);
    }

    private SimulatedMerchant Nearby(IReadOnlyList<SimulatedMerchant> merchants, SeededRandom random)
    {
        for (int attempt = 0; attempt < 40; attempt++)
        {
            SimulatedMerchant candidate = merchants[random.Next(merchants.Count)];
            if (candidate.IsOnline || candidate.City == Home) return candidate;
        }

        return merchants[random.Next(merchants.Count)];
    }
}
