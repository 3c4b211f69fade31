using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules.Windows;

namespace Ecart.Domains.Network;

/// <summary>Everything remembered of one address as a source of connections. A fold over its committed events. Not thread-safe: owned by its lane.</summary>
internal sealed class AddressState : ResidentEntity
{
    internal const int MeasureBytes = 0;
    internal const int Measures = 1;
    private const int MostDestinations = 1024;
    private const int MostPorts = 64;
    private const int MostPairs = 64;
    private const int MostAttempts = 256;
    private const int MostNames = 64;
    private const int MostSpread = 32;
    private const int MostFloods = 8;
    private const int MostTold = 16;
    private const int MostTypical = 16;

    public AddressState(string address, NetworkOptions options, bool isUnitLength, StreamSlots streams)
        : base(address)
    {
        Profile = new ProfileWindow(NetworkLayout.Dimension, Measures, options.Profile, isUnitLength);
        Streams = new EntityStreamSet(streams);
    }

    public int Lane { get; set; }

    /// <summary>The newest log entry that this state includes.</summary>
    public long Seq { get; set; }

    /// <summary>The log entry up to which the profile was published.</summary>
    public long PublishedSeq { get; set; }

    /// <summary>Newest event time seen, ticks; 0 for none.</summary>
    public long NewestTicks { get; set; }

    /// <summary>First event time seen, ticks; 0 for none.</summary>
    public long FirstTicks { get; set; }

    /// <summary>Events so far.</summary>
    public long Events { get; set; }

    /// <summary>Where the address belongs.</summary>
    public AddressScope Scope { get; set; }

    public ProfileWindow Profile { get; }

    /// <summary>Its own streaming detectors, as far as the configuration names any.</summary>
    public EntityStreamSet Streams { get; }

    /// <summary>Events that the windows of rules look at; null while no rule asks for any.</summary>
    public WindowEvents? Windows { get; set; }

    public ContactWindow Contacts { get; } = new();

    /// <summary>Targets of the newest day.</summary>
    public DailyTargets Daily { get; } = new();

    /// <summary>Destinations, hashed.</summary>
    public RecentSet Destinations { get; } = new(MostDestinations);

    /// <summary>Destination ports with protocol.</summary>
    public RecentSet Ports { get; } = new(MostPorts);

    /// <summary>Destinations by text, the most frequent.</summary>
    public TopCounts TypicalDestinations { get; } = new(MostTypical);

    public PairTable<BeaconTrack> Beacons { get; } = new(MostPairs);

    public PairTable<SentVolume> Sent { get; } = new(MostPairs);

    public PairTable<FloodCount> Floods { get; } = new(MostFloods);

    /// <summary>Log-ins that failed or may have, by destination.</summary>
    public KeyedWindow Attempts { get; } = new(MostAttempts);

    /// <summary>Names asked for that do not exist.</summary>
    public KeyedWindow Names { get; } = new(MostNames);

    /// <summary>Inner hosts administered for the first time.</summary>
    public KeyedWindow Spread { get; } = new(MostSpread);

    /// <summary>What people were alerted of.</summary>
    public AlertEpisodes Alerts { get; } = new();

    /// <summary>Beacons told of.</summary>
    public KeyedWindow Told { get; } = new(MostTold);
}
