using Ecart.Detection;
using Ecart.Embedding;
using Ecart.Profiles;
using Ecart.Rules;

namespace Ecart.Domains.Network;

/// <summary>What is known when a connection is scored: the event and its source's past, as plain numbers.</summary>
public ref struct NetworkContext
{
    /// <summary>The event.</summary>
    public NetworkFlow Event;

    /// <summary>Constants of the active configuration.</summary>
    public NetworkOptions Options;

    /// <summary>The configuration's rules, compiled.</summary>
    public RuleSet<NetworkContext> Rules;

    /// <summary>Signatures and exceptions in force.</summary>
    public ReferencePatterns Patterns;

    /// <summary>The event's embedding: by the layout, or what a learned model made of that.</summary>
    public ReadOnlySpan<float> Embedding;

    /// <summary>Version of <see cref="Embedding"/>.</summary>
    public int EmbeddingVersion;

    /// <summary>The event by the domain's layout.</summary>
    public ReadOnlySpan<float> Layout;

    /// <summary>Day number of the event time: days since 0001-01-01 UTC.</summary>
    public int Day;

    /// <summary>The source's profile; empty for a new one.</summary>
    public ProfileSummary Profile;

    /// <summary>Distance to the centroid; NaN without a centroid.</summary>
    public double Distance;

    /// <summary>Earlier events of the source.</summary>
    public long EarlierEvents;

    /// <summary>Seconds since the source's newest event; NaN when there is none, or it is later than this one.</summary>
    public double SecondsSincePrevious;

    /// <summary>Values of the windows that rules ask for; null when none does.</summary>
    public double[]? Windows;

    /// <summary>Whether the source asked one host for something.</summary>
    public bool IsContact;

    /// <summary>Whether the source has never connected to the destination, which is one host.</summary>
    public bool IsNewDestination;

    /// <summary>Whether the source has never used the destination's port.</summary>
    public bool IsNewPort;

    /// <summary>Distinct ports that the source tried shortly before, weighted by the share that failed.</summary>
    public double WeightedPorts;

    /// <summary>Distinct ports of the event's destination, weighted alike.</summary>
    public double WeightedPortsThere;

    /// <summary>Distinct destinations on the event's port, weighted alike.</summary>
    public double WeightedHosts;

    /// <summary>Distinct destinations on the event's port that were new to the source, inside or by ICMP.</summary>
    public int NewHosts;

    /// <summary>Distinct destinations with port that the source tried shortly before, the event's own included.</summary>
    public int Contacts;

    /// <summary>Share of them that failed.</summary>
    public double FailedShare;

    /// <summary>Share of the ports of the event's destination that failed.</summary>
    public double FailedShareThere;

    /// <summary>Share of the destinations on the event's port that failed.</summary>
    public double FailedShareOnPort;

    /// <summary>Distinct targets of the source that failed on the event's day, the event's own included; 0 when it did not fail.</summary>
    public double FailedInDay;

    /// <summary>Share of the day's targets that failed.</summary>
    public double FailedShareInDay;

    /// <summary>Whether that is not to be told again yet.</summary>
    public bool IsSlowScanAnnounced;

    /// <summary>How near the connections to this destination are to being a beacon, 0 to 1.</summary>
    public double Regularity;

    /// <summary>Whether they are one.</summary>
    public bool IsBeacon;

    /// <summary>Whether that is not to be told again yet.</summary>
    public bool IsBeaconAnnounced;

    /// <summary>Mean seconds between them; NaN for the first.</summary>
    public double IntervalSeconds;

    /// <summary>Log-ins that failed or may have, shortly before, the event's own included.</summary>
    public double FailedLogins;

    /// <summary>Whether the event itself is one.</summary>
    public bool IsFailedLogin;

    /// <summary>Connections to the same port of the same host in the current stretch, the event's own included.</summary>
    public int FloodConnections;

    /// <summary>Share of them that were empty.</summary>
    public double FloodEmptyShare;

    /// <summary>Bytes sent to an outer destination since it is new, the event's own included; 0 when it is not new.</summary>
    public double BytesToNew;

    /// <summary>The same before the event.</summary>
    public double BytesToNewBefore;

    /// <summary>Inner hosts that the source began to administer shortly before, the event's own included; 0 when the event does not.</summary>
    public int SpreadHosts;

    /// <summary>Distinct unknown names asked for shortly before, weighted by how random they look; 0 when the event asks for none.</summary>
    public double UnknownNames;

    /// <summary>How random the name asked for looks, 0 to 1.</summary>
    public double NameRandomness;

    /// <summary>True when the source has enough normal events to be compared with.</summary>
    public readonly bool HasProfile => Profile.Count >= Options.Profile.MinimumObservations && !double.IsNaN(Profile.DistanceMean);

    /// <summary>Distance in standard deviations above the source's mean; NaN without a profile.</summary>
    public readonly double DistanceZ => HasProfile ? (Distance - Profile.DistanceMean) / DistanceSigma : double.NaN;

    /// <summary>Standard deviation of the source's distances, shrunk towards the usual one of sources and floored.</summary>
    public readonly double DistanceSigma => Options.Profile.FloorSigma(
        Options.ShrinkSigma(Profile.DistanceDeviation, Profile.Distance.Count, LearnedEmbedding.IsLearned(EmbeddingVersion) ? Profile.DistanceMean : 1), Profile.DistanceMean);
}
