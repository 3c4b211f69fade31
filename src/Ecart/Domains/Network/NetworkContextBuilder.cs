using Ecart.Detection;
using Ecart.Embedding;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Network;

/// <summary>Gathers what is known when a connection is scored. Changes no state.</summary>
internal sealed class NetworkContextBuilder
{
    private readonly NetworkOptions options;
    private readonly NetworkState state;
    private readonly LearnedEmbedding? learned;
    private readonly RuleSet<NetworkContext> rules;
    private readonly float[] centroid = new float[NetworkLayout.Dimension];

    public NetworkContextBuilder(NetworkOptions options, NetworkState state, LearnedEmbedding? learned)
    {
        this.options = options;
        this.state = state;
        this.learned = learned;
        Sets = new NetworkSets(options);
        rules = new RuleSet<NetworkContext>(options.Rules, NetworkRuleFields.All, "rules");
    }

    /// <summary>The lists of the configuration.</summary>
    public NetworkSets Sets { get; }

    /// <summary>The source's centroid, of the context that was built last; means nothing when that had no profile.</summary>
    public ReadOnlySpan<float> Centroid => centroid;

    /// <summary>Builds the context and writes the event's embedding, and its layout where they differ.</summary>
    public NetworkContext Build(NetworkFlow flow, AddressState? source, ReferencePatterns patterns, Verdict verdict)
    {
        float[] embedding = verdict.Embedding;
        float[] layout = learned is null ? embedding : verdict.UseLayout();
        var context = new NetworkContext
        {
            Event = flow,
            Options = options,
            Rules = rules,
            Patterns = patterns,
            Embedding = embedding,
            EmbeddingVersion = learned?.Version ?? NetworkLayout.Version,
            Layout = layout,
            Day = DayOf(flow.OccurredAt),
            Distance = double.NaN,
            IntervalSeconds = double.NaN,
            SecondsSincePrevious = double.NaN,
        };
        FlowFacts facts = FlowFacts.Of(flow, Sets, options);
        AddContacts(in facts, source, ref context);
        AddLogins(in facts, source, ref context);
        if (source is not null) AddPast(in facts, source, ref context);
        AddVolumes(in facts, source, ref context);
        context.Windows = state.Windows.Measure(in context, facts.Ticks, source?.Windows);
        if (!NetworkEmbedder.Embed(in context, layout)) throw NotFinite(flow);
        learned?.Embed(layout, embedding);
        if (context.Profile.Count > 0) context.Distance = VectorMath.Distance(embedding, centroid);
        return context;
    }

    /// <summary>Day number of a time: days since 0001-01-01 UTC.</summary>
    public static int DayOf(DateTime time) => (int)(time.Ticks / TimeSpan.TicksPerDay);

    /// <summary>The decoder refuses such an event; one that a caller made must not spoil a profile for good.</summary>
    private static ArgumentException NotFinite(NetworkFlow flow) => new(
        $"Event '{flow.EventUid}' gives a vector that is not finite: duration {flow.DurationSeconds}, bytes {flow.BytesOut} and {flow.BytesIn}. "
        + "A duration is finite and 0 or more, bytes and packets are 0 or more.",
        nameof(flow));

    private void AddContacts(in FlowFacts facts, AddressState? source, ref NetworkContext context)
    {
        if (!facts.IsContact) return;
        ScanOptions scan = options.Scan;
        context.IsContact = true;
        context.IsNewDestination = source is null || !source.Destinations.Contains(facts.Contact.Destination);
        context.IsNewPort = source is null || !source.Ports.Contains((uint)facts.Contact.Target);
        FanOut fan = ContactWindow.Measure(source?.Contacts, facts.Contact with { IsNew = context.IsNewDestination && facts.IsProbe }, facts.Ticks - scan.WindowTicks);
        context.NewHosts = fan.NewHostsOnPort;
        context.Contacts = fan.Contacts;
        context.FailedShare = fan.FailedShare;
        context.FailedShareThere = fan.FailedShareThere;
        context.FailedShareOnPort = fan.FailedShareOnPort;
        if (context.Event.IsFailed)
        {
            (double all, double failed) = DailyTargets.Measure(source?.Daily, context.Day, facts.Pair);
            context.FailedInDay = failed;
            context.FailedShareInDay = failed / Math.Max(failed, all);
            long told = source?.Daily.ToldTicks ?? 0;
            context.IsSlowScanAnnounced = told != 0 && facts.Ticks - told < options.SlowScan.AnnounceHours * TimeSpan.TicksPerHour;
        }

        context.WeightedPorts = scan.Weigh(fan.Ports, fan.FailedShare);
        context.WeightedPortsThere = scan.Weigh(fan.PortsThere, fan.FailedShareThere);
        context.WeightedHosts = scan.Weigh(fan.HostsOnPort, fan.FailedShareOnPort);
    }

    private void AddLogins(in FlowFacts facts, AddressState? source, ref NetworkContext context)
    {
        if (facts.AttemptWeight <= 0) return;
        context.IsFailedLogin = true;
        context.FailedLogins = facts.AttemptWeight;
        if (source is null) return;
        long from = facts.Ticks - options.BruteForce.WindowTicks;
        context.FailedLogins += source.Attempts.Sum(from, facts.Contact.Destination, isOwn: true).Weight;
        (int count, double weight) = source.Attempts.Sum(from, facts.Contact.Destination, isOwn: false);
        // Elsewhere only what is known to have failed counts: many short sessions on many hosts are administration.
        context.FailedLogins += Math.Max(0, weight - (count * options.BruteForce.UnknownWeight));
    }

    private void AddPast(in FlowFacts facts, AddressState source, ref NetworkContext context)
    {
        context.EarlierEvents = source.Events;
        if (source.NewestTicks > 0 && source.NewestTicks <= facts.Ticks) context.SecondsSincePrevious = (facts.Ticks - source.NewestTicks) / (double)TimeSpan.TicksPerSecond;
        context.Profile = source.Profile.Summarize(context.Day, centroid);
        if (facts.Name != 0)
        {
            (_, double weight) = source.Names.Sum(facts.Ticks - options.Names.WindowTicks, facts.Name, isOwn: false);
            context.UnknownNames = weight;
        }

        if (facts.IsSpread && context.IsNewDestination && source.Events >= options.NewDestination.MinimumConnections)
            context.SpreadHosts = 1 + source.Spread.Sum(facts.Ticks - options.Lateral.WindowTicks, facts.Contact.Destination, isOwn: false).Count;
        if (facts.IsBeat && source.Beacons.TryGet(facts.Pair, out BeaconTrack track)) AddBeacon(in facts, in track, source, ref context);
    }

    private void AddBeacon(in FlowFacts facts, in BeaconTrack track, AddressState source, ref NetworkContext context)
    {
        BeaconTrack after = track.After(facts.Ticks, context.Event.BytesOut, options.Beacon);
        context.IntervalSeconds = after.MeanSeconds;
        context.Regularity = after.Regularity(options.Beacon);
        context.IsBeacon = after.IsBeacon(options.Beacon);
        if (!context.IsBeacon) return;
        long from = facts.Ticks - (long)(options.Beacon.AnnounceHours * TimeSpan.TicksPerHour);
        int others = source.Told.Sum(from, facts.Pair, isOwn: false).Count;
        context.IsBeaconAnnounced = source.Told.Sum(from, facts.Pair, isOwn: true).Count > 0 || others >= options.Beacon.MostAnnounced;
    }

    private void AddVolumes(in FlowFacts facts, AddressState? source, ref NetworkContext context)
    {
        if (facts.Name != 0)
        {
            context.NameRandomness = facts.Randomness;
            context.UnknownNames += 0.5 + (facts.Randomness / 2);
        }

        if (facts.IsFlow)
        {
            FloodCount flood = default;
            source?.Floods.TryGet(facts.Pair, out flood);
            flood = flood.After(facts.Ticks, facts.Contact.IsFailed, options.Flood.WindowTicks);
            context.FloodConnections = flood.Count;
            context.FloodEmptyShare = (double)flood.Failed / flood.Count;
        }

        if (!facts.IsSending) return;
        SentVolume sent = default;
        bool isKnown = source is not null && source.Sent.TryGet(facts.Contact.Destination, out sent);
        bool isNew = isKnown ? facts.Ticks - sent.FirstTicks < options.Exfiltration.NewHours * TimeSpan.TicksPerHour : context.IsNewDestination;
        if (!isNew) return;
        context.BytesToNewBefore = sent.Bytes;
        context.BytesToNew = sent.Bytes + context.Event.BytesOut;
    }
}
