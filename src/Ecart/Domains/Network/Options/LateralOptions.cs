using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>An inner host that begins to administer many other inner hosts.</summary>
public sealed record LateralOptions
{
    /// <summary>Minutes before the event that count. Default 60.</summary>
    public double WindowMinutes { get; init; } = 60;

    /// <summary>Distinct inner hosts, new to the source, that it was let in by. Default 5, 2 to 32.</summary>
    public int Hosts { get; init; } = 5;

    /// <summary>Ports of administration. Default 22, 23, 135, 139, 445, 3389, 5900, 5985, 5986.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [22, 23, 135, 139, 445, 3389, 5900, 5985, 5986];

    internal long WindowTicks => (long)(WindowMinutes * TimeSpan.TicksPerMinute);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(WindowMinutes, 1, 10_080, path + ".window_minutes");
        OptionsException.RequireRange(Hosts, 2, 32, path + ".hosts");
        OptionsException.Require(Ports is not null, path + ".ports", Ports, "a list of ports, which may be empty");
    }
}
