using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Rules.Windows;
using Ecart.Thresholds;

namespace Ecart.Domains.Network;

/// <summary>Everything the network domain remembers. Not thread-safe.</summary>
internal sealed class NetworkState
{
    /// <summary>Inner addresses whose roles are counted at most.</summary>
    private const int MostRoles = 65_536;

    private readonly NetworkOptions options;
    private readonly bool isUnitLength;

    /// <param name="options">Constants.</param>
    /// <param name="isUnitLength">Whether embeddings have length 1.</param>
    public NetworkState(NetworkOptions options, bool isUnitLength = true)
    {
        this.options = options;
        this.isUnitLength = isUnitLength;
        var rules = new RuleSet<NetworkContext>(options.Rules, NetworkRuleFields.All, "rules");
        Windows = new EntityWindows<NetworkContext>(
            NetworkRuleFields.All, rules.Windows, options.RuleWindows, TimeSpan.FromMinutes(options.AllowedLatenessMinutes));
        Streams = new StreamPopulations(NetworkStreamFields.All.SlotsOf(options.StreamDetectors), options.Rank.PopulationDays, NetworkRanker.Statistics);
        Distance = new TailHistogram(TailHistogram.StepEdges(-5, 0.25, 10, 1.1, 1e6), options.Rank.PopulationDays);
        Volume = new TailHistogram(TailHistogram.StepEdges(0, 0.25, 30, 1.1, 100), options.Rank.PopulationDays);
    }

    /// <summary>What the windows of rules look at, of sources and of the entities that all lanes share.</summary>
    public EntityWindows<NetworkContext> Windows { get; }

    /// <summary>The streaming detectors that every source has, with the population of their scores.</summary>
    public StreamPopulations Streams { get; }

    public ResidentEntities<AddressState> Sources { get; } = new();

    /// <summary>What is asked of inner addresses.</summary>
    public Dictionary<string, RoleCounts> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>Population of distances, in standard deviations of each source.</summary>
    public TailHistogram Distance { get; }

    /// <summary>Population of ln(1 + bytes out).</summary>
    public TailHistogram Volume { get; }

    /// <summary>What other processes have counted. Null in a process alone.</summary>
    public NetworkState? Others
    {
        get;
        set
        {
            field = value;
            Distance.Other = value?.Distance;
            Volume.Other = value?.Volume;
            Streams.Others = value?.Streams;
            Windows.Others = value?.Windows;
        }
    }

    /// <summary>Whether the population histograms changed since the last checkpoint.</summary>
    public bool PopulationIsDirty { get; set; }

    /// <summary>The source of a log entry, which is going to change.</summary>
    public AddressState Change(string address, int lane, long seq)
    {
        if (!Sources.TryGet(address, out AddressState? source)) Sources.Put(source = NewSource(address));
        Sources.Change(source);
        source.Lane = lane;
        source.Seq = seq;
        return source;
    }

    public AddressState NewSource(string address) => new(address, options, isUnitLength, Streams.Slots);

    /// <summary>Counts an answered connection to an inner address.</summary>
    public void CountRole(NetworkFlow flow)
    {
        if (flow.DestinationScope != AddressScope.Internal || flow.Kind != NetworkRecordKind.Flow) return;
        if (flow.State is not (ConnectionState.Established or ConnectionState.Open or ConnectionState.Reset)) return;
        if (RoleOf(flow.DestinationAddress) is { } role) role.Add(flow.Target);
    }

    /// <summary>The counts of an address; null when there are too many addresses.</summary>
    public RoleCounts? RoleOf(string address)
    {
        if (Roles.TryGetValue(address, out RoleCounts? role)) return role;
        if (Roles.Count >= MostRoles) return null;
        Roles.Add(address, role = new RoleCounts());
        return role;
    }
}
