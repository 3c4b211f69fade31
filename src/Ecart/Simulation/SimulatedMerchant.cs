using Ecart.Domains.Transactions;
using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>A merchant of the simulated world.</summary>
internal sealed class SimulatedMerchant
{
    private static readonly (string Category, double Price, bool IsOnline)[] Categories =
    [
        ("groceries", 35, false), ("restaurant", 28, false), ("fuel", 55, false), ("clothing", 60, false), ("pharmacy", 18, false),
        ("transport", 12, false), ("bakery", 6, false), ("hotel", 140, false), ("leisure", 30, false), ("home", 80, false),
        ("electronics", 180, true), ("media", 12, true), ("travel", 220, true), ("marketplace", 45, true), ("games", 20, true),
    ];

    public SimulatedMerchant(int number, SeededRandom random)
    {
        Id = $"M{number:D6}";
        (Category, Price, IsOnline) = Categories[random.Next(Categories.Length)];
        Price *= random.Between(0.6, 1.6);
        City = City.All[random.Next(City.HomeCities)];
        Latitude = Math.Round(City.Latitude + random.Between(-0.1, 0.1), 5);
        Longitude = Math.Round(City.Longitude + random.Between(-0.1, 0.1), 5);
    }

    public string Id { get; }

    public string Category { get; }

    public double Price { get; }

    public bool IsOnline { get; }

    public City City { get; }

    public double Latitude { get; }

    public double Longitude { get; }

    /// <summary>The first day after a compromise; 0 for a sound merchant.</summary>
    public int CompromisedUntil { get; set; }

    public TransactionChannel Channel => IsOnline ? TransactionChannel.Online : TransactionChannel.Pos;
}
