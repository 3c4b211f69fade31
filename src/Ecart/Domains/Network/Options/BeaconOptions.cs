using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Connections to one outer destination at regular intervals and of regular size, over hours.</summary>
public sealed record BeaconOptions
{
    /// <summary>Connections in a row that are regular. Default 20, 8 to 10,000.</summary>
    public int MinimumConnections { get; init; } = 20;

    /// <summary>Hours over which they are. Default 3.</summary>
    public double MinimumHours { get; init; } = 3;

    /// <summary>Connections closer than this are one. Default 5 seconds.</summary>
    public double MinimumIntervalSeconds { get; init; } = 5;

    /// <summary>Largest coefficient of variation of intervals and of sizes. Default 0.25, which a jitter of up to 40 % keeps.</summary>
    public double MaximumVariation { get; init; } = 0.25;

    /// <summary>Beats in a row that may be missing. Default 3.</summary>
    public int MissedBeats { get; init; } = 3;

    /// <summary>Hours after which the same beacon is told again. Default 24; between two times its events raise no alert by it.</summary>
    public double AnnounceHours { get; init; } = 24;

    /// <summary>Beacons of one source that are told within that time: updates and push messages are regular too, and people read only so much. Default 2, 1 to 16.</summary>
    public int MostAnnounced { get; init; } = 2;

    /// <summary>
    /// Destination ports whose protocols are regular by nature: names, time, addresses, discovery, keep-alives of tunnels and of push messages.
    /// Default 53, 67, 68, 123, 137, 138, 161, 500, 853, 1900, 3478, 4500, 5222, 5223, 5228, 5353, 5355, 8883.
    /// </summary>
    public IReadOnlyList<int> RegularPorts { get; init; } = [53, 67, 68, 123, 137, 138, 161, 500, 853, 1900, 3478, 4500, 5222, 5223, 5228, 5353, 5355, 8883];

    internal void Validate(string path)
    {
        OptionsException.RequireRange(MinimumConnections, 8, 10_000, path + ".minimum_connections");
        OptionsException.RequireRange(MinimumHours, 0.01, 720, path + ".minimum_hours");
        OptionsException.RequireRange(MinimumIntervalSeconds, 0.001, 3600, path + ".minimum_interval_seconds");
        OptionsException.RequireRange(MaximumVariation, 0.001, 2, path + ".maximum_variation");
        OptionsException.RequireRange(MissedBeats, 0, 100, path + ".missed_beats");
        OptionsException.RequireRange(AnnounceHours, 0.01, 8760, path + ".announce_hours");
        OptionsException.RequireRange(MostAnnounced, 1, 16, path + ".most_announced");
        OptionsException.Require(RegularPorts is not null, path + ".regular_ports", RegularPorts, "a list of ports, which may be empty");
    }
}
