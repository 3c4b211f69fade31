using System.Net;
using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Every constant of the network domain. Immutable; call <see cref="Validate"/> before use.</summary>
public sealed record NetworkOptions
{
    /// <summary>The defaults.</summary>
    public static NetworkOptions Default { get; } = new();

    /// <summary>Networks in CIDR form that are internal besides the private ones. Default none.</summary>
    public IReadOnlyList<string> InternalNetworks { get; init; } = [];

    /// <summary>
    /// How many minutes an event may be older than the newest of its source and still be scored: a connection is told when it ends and happened when it began.
    /// Later ones are stored and marked late. Default 1,440 (a day).
    /// </summary>
    public int AllowedLatenessMinutes { get; init; } = 1440;

    /// <summary>How profiles are kept.</summary>
    public ProfileOptions Profile { get; init; } = new();

    /// <summary>Distance from the source's usual connections.</summary>
    public StandardScoreOptions ProfileDistance { get; init; } = new() { ZThreshold = 2, Scale = 3, Maximum = 0.3 };

    /// <summary>Standard deviation of distances that a source is assumed to have before its own is known, for vectors of length 1; of learned embeddings, which
    /// have any, in units of the source's mean distance. Default 0.1.</summary>
    public double PriorSigma { get; init; } = 0.1;

    /// <summary>Connections that <see cref="PriorSigma"/> is worth. Default 30.</summary>
    public double PriorStrength { get; init; } = 30;

    /// <summary>Standard deviations above which an event of no known kind is of class unknown_anomaly. Default 4.</summary>
    public double UnknownAnomalySigmas { get; init; } = 4;

    /// <summary>Known threats.</summary>
    public SignatureOptions Signature { get; init; } = new();

    /// <summary>Scans of ports and of hosts.</summary>
    public ScanOptions Scan { get; init; } = new();

    /// <summary>Many failures over a day.</summary>
    public SlowScanOptions SlowScan { get; init; } = new();

    /// <summary>Destinations never seen from the source.</summary>
    public NewDestinationOptions NewDestination { get; init; } = new();

    /// <summary>Very much data out.</summary>
    public ExfiltrationOptions Exfiltration { get; init; } = new();

    /// <summary>Regular connections.</summary>
    public BeaconOptions Beacon { get; init; } = new();

    /// <summary>Floods.</summary>
    public FloodOptions Flood { get; init; } = new();

    /// <summary>Guessing of passwords.</summary>
    public BruteForceOptions BruteForce { get; init; } = new();

    /// <summary>Spreading inside.</summary>
    public LateralOptions Lateral { get; init; } = new();

    /// <summary>Names made by an algorithm.</summary>
    public NameQueryOptions Names { get; init; } = new();

    /// <summary>The least score of each class.</summary>
    public ThreatFloorOptions Floors { get; init; } = new();

    /// <summary>How often people are alerted of one class of threat from one source.</summary>
    public AlertRepetitionOptions Repetition { get; init; } = new();

    /// <summary>Rules of your own. Default none.</summary>
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    /// <summary>How much the windows of rules may remember.</summary>
    public RuleWindowOptions RuleWindows { get; init; } = new();

    /// <summary>Clusters as the reference of sources without a profile.</summary>
    public ClusterOptions Clusters { get; init; } = new();

    /// <summary>
    /// Trained detectors that may contribute. Each says nothing until one of its kind was trained and is in force. Default an isolation forest that counts in
    /// the rank alone.
    /// </summary>
    public IReadOnlyList<LearnedDetectorOptions> Detectors { get; init; } = [new() { Kind = "isolation_forest" }];

    /// <summary>
    /// Streaming detectors that every source has its own of, at most <see cref="StreamDetectorOptions.MaximumPerEntity"/>. Default none: beside the source's
    /// profile they have to show their worth on the user's own events first.
    /// </summary>
    public IReadOnlyList<StreamDetectorOptions> StreamDetectors { get; init; } = [];

    /// <summary>
    /// Days within which people say what an event was: of younger ones without a label, models that learn from verdicts do not learn that they are ordinary.
    /// Default 7.
    /// </summary>
    public int LabelDelayDays { get; init; } = 7;

    /// <summary>Score bands.</summary>
    public SeverityOptions Severity { get; init; } = new();

    /// <summary>The continuous ranking score.</summary>
    public NetworkRankOptions Rank { get; init; } = new();

    /// <summary>Outbox route by severity.</summary>
    public RouteOptions Routes { get; init; } = new();

    /// <summary>A source's own standard deviation of distances, shrunk towards <see cref="PriorSigma"/>.</summary>
    /// <param name="deviation">Its own, over its connections.</param>
    /// <param name="count">Number of them.</param>
    /// <param name="unit">What <see cref="PriorSigma"/> is in units of. Default 1, right for vectors of length 1.</param>
    public double ShrinkSigma(double deviation, int count, double unit = 1)
    {
        double prior = unit * PriorSigma;
        return Math.Sqrt(((count * deviation * deviation) + (PriorStrength * prior * prior)) / Math.Max(1, count + PriorStrength));
    }

    /// <exception cref="OptionsException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Repetition.Validate("repetition");
        OptionsException.Require(InternalNetworks is not null, "internal_networks", InternalNetworks, "a list of networks, which may be empty");
        for (int i = 0; i < InternalNetworks!.Count; i++)
            OptionsException.Require(IPNetwork.TryParse(InternalNetworks[i], out _), $"internal_networks[{i}]", InternalNetworks[i], "a network such as 192.0.2.0/24");
        OptionsException.RequireRange(AllowedLatenessMinutes, 0, 100_000, "allowed_lateness_minutes");
        Profile.Validate("profile");
        ProfileDistance.Validate("profile_distance");
        OptionsException.RequireRange(PriorSigma, 1e-6, 10, "prior_sigma");
        OptionsException.RequireRange(PriorStrength, 0, 1e6, "prior_strength");
        OptionsException.RequireRange(UnknownAnomalySigmas, 0.1, 100, "unknown_anomaly_sigmas");
        Signature.Validate("signature");
        Scan.Validate("scan");
        SlowScan.Validate("slow_scan");
        NewDestination.Validate("new_destination");
        Exfiltration.Validate("exfiltration");
        Beacon.Validate("beacon");
        Flood.Validate("flood");
        BruteForce.Validate("brute_force");
        Lateral.Validate("lateral");
        Names.Validate("names");
        Floors.Validate("floors");
        _ = new RuleSet<NetworkContext>(Rules, NetworkRuleFields.All, "rules");
        RuleWindows.Validate("rule_windows");
        Clusters.Validate("clusters");
        LearnedDetectorOptions.Validate(Detectors);
        NetworkStreamFields.All.Validate(StreamDetectors);
        OptionsException.RequireRange(LabelDelayDays, 0, 365, "label_delay_days");
        Severity.Validate("severity");
        Rank.Validate("rank");
    }
}
