using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior;

/// <summary>What a user has never done before adds, once a profile is known. A user shows up with a new telephone now and then: alone, novelty flags nothing.</summary>
public sealed record NoveltyOptions
{
    /// <summary>A new device. Default 0.15.</summary>
    public double Device { get; init; } = 0.15;

    /// <summary>A new country. Default 0.2.</summary>
    public double Place { get; init; } = 0.2;

    /// <summary>A new network, the /24 of an IPv4 address or the /48 of an IPv6 address. Default 0.05.</summary>
    public double Network { get; init; } = 0.05;

    /// <summary>A new resource. Default 0.1.</summary>
    public double Resource { get; init; } = 0.1;

    /// <summary>An hour of the day at which the user is hardly ever seen. Default 0.1.</summary>
    public double Hour { get; init; } = 0.1;

    /// <summary>The most that all of them add. Default 0.45.</summary>
    public double Maximum { get; init; } = 0.45;

    /// <summary>Share of the user's events within an hour of this one below which the hour is unusual. Default 0.02.</summary>
    public double HourShare { get; init; } = 0.02;

    /// <summary>Events of peers with the same value from which it surprises less. Default 3.</summary>
    public int PeerEvents { get; init; } = 3;

    /// <summary>What is left of the contribution then. Default 0.3.</summary>
    public double PeerShare { get; init; } = 0.3;

    /// <summary>Events of a role from which its users without a profile are compared with it. Default 100.</summary>
    public int PeerMinimum { get; init; } = 100;

    /// <summary>What a user without a profile adds by doing what no peer ever did. Default 0.2.</summary>
    public double OutsidePeers { get; init; } = 0.2;

    /// <summary>Values remembered of a user. Default 1,024, 64 to 65,536.</summary>
    public int Habits { get; init; } = 1024;

    /// <summary>Values remembered of a role and of everybody. Default 16,384, 64 to 1,048,576.</summary>
    public int PeerHabits { get; init; } = 16_384;

    /// <summary>Events after which a user's older habits count half. Default 10,000, 100 to 10,000,000.</summary>
    public int MemoryEvents { get; init; } = 10_000;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Device, 0, 1, path + ".device");
        OptionsException.RequireRange(Place, 0, 1, path + ".place");
        OptionsException.RequireRange(Network, 0, 1, path + ".network");
        OptionsException.RequireRange(Resource, 0, 1, path + ".resource");
        OptionsException.RequireRange(Hour, 0, 1, path + ".hour");
        OptionsException.RequireRange(Maximum, 0, 1, path + ".maximum");
        OptionsException.RequireRange(HourShare, 0, 1, path + ".hour_share");
        OptionsException.RequireRange(PeerEvents, 1, 1_000_000, path + ".peer_events");
        OptionsException.RequireRange(PeerShare, 0, 1, path + ".peer_share");
        OptionsException.RequireRange(PeerMinimum, 1, 1_000_000, path + ".peer_minimum");
        OptionsException.RequireRange(OutsidePeers, 0, 1, path + ".outside_peers");
        OptionsException.RequireRange(Habits, 64, 65_536, path + ".habits");
        OptionsException.RequireRange(PeerHabits, 64, 1_048_576, path + ".peer_habits");
        OptionsException.RequireRange(MemoryEvents, 100, 10_000_000, path + ".memory_events");
    }
}
