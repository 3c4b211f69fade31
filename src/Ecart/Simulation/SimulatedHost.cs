using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>One machine inside: its habits.</summary>
internal sealed class SimulatedHost
{
    private const int Favourites = 12;

    public SimulatedHost(string address, SimulatedHostKind kind, IReadOnlyList<string> sites, SeededRandom random)
    {
        Address = address;
        Kind = kind;
        PeakHour = random.Between(9, 15);
        Home = sites[random.Next(sites.Count)];
        HomeSeconds = random.Between(120, 900);
        Sites = new string[Favourites];
        for (int i = 0; i < Favourites; i++) Sites[i] = sites[random.Next(sites.Count)];
    }

    public string Address { get; }

    public SimulatedHostKind Kind { get; }

    /// <summary>UTC hour of most activity.</summary>
    public double PeakHour { get; }

    /// <summary>Where a device calls.</summary>
    public string Home { get; }

    /// <summary>How often it does, roughly.</summary>
    public double HomeSeconds { get; }

    /// <summary>Where a person mostly goes.</summary>
    public string[] Sites { get; }
}
