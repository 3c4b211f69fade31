using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>
/// The continuous ranking score: noisy-or, 1 − Π(1 − e), over what each finding says of a connection, thresholded or not.
/// </summary>
internal sealed class NetworkRanker(NetworkOptions options, NetworkState state)
{
    /// <summary>Position of the distance in <see cref="Verdict.Statistics"/>.</summary>
    public const int StatisticDistance = 0;

    /// <summary>Position of the volume in <see cref="Verdict.Statistics"/>.</summary>
    public const int StatisticVolume = 1;

    /// <summary>Statistics of its own; those of the streaming detectors follow.</summary>
    public const int Statistics = 2;

    /// <summary>Targets at which the share of those that failed is half believed.</summary>
    private const double ShareShrinkage = 10;

    private readonly NetworkRankOptions rank = options.Rank;

    /// <summary>Fills rank score, surprise and statistics. Changes no state.</summary>
    /// <param name="context">What is known.</param>
    /// <param name="verdict">Receives them; has its evidence.</param>
    /// <param name="learnedEvidence">What trained and streaming detectors say, 0 to 1.</param>
    public NetworkRankTrace Rank(in NetworkContext context, Verdict verdict, double learnedEvidence)
    {
        double z = context.DistanceZ;
        double volume = Math.Log(1 + context.Event.BytesOut);
        verdict.Statistics[StatisticDistance] = z;
        verdict.Statistics[StatisticVolume] = volume;
        double distanceTail = double.IsNaN(z) ? 1 : state.Distance.UpperTail(context.Day, z);
        double volumeTail = state.Volume.UpperTail(context.Day, volume);
        verdict.Surprise = rank.EvidenceOf(distanceTail, 1);

        double sound = (1 - rank.EvidenceOf(distanceTail, rank.DistanceWeight)) * (1 - rank.EvidenceOf(volumeTail, rank.VolumeWeight));
        sound *= (1 - learnedEvidence) * Contact(in context) * Attempts(in context);
        foreach (ref readonly Evidence evidence in verdict.Evidence) sound *= 1 - (rank.Reliability * EvidenceOf(in evidence));
        verdict.RankScore = 1 - sound;
        return new NetworkRankTrace(distanceTail, volumeTail);
    }

    private double Contact(in NetworkContext context)
    {
        double sound = 1;
        NetworkFlow flow = context.Event;
        if (flow.IsFailed)
        {
            double known = context.Contacts / (context.Contacts + ShareShrinkage);
            sound *= (1 - rank.FailedContact) * (1 - (rank.FailedShare * known * context.FailedShare));
            double repeated = Math.Max(0, (context.FloodConnections * context.FloodEmptyShare) - 1);
            sound *= 1 - (rank.RepeatedFailure * repeated / (repeated + ShareShrinkage));
        }

        if (flow.State == ConnectionState.ErrorReport) sound *= 1 - rank.ErrorReport;
        if (context.IsNewDestination) sound *= 1 - rank.NewDestination;
        bool isUnsolicited = flow is { SourceScope: AddressScope.External, DestinationScope: AddressScope.Internal }
            && flow.State is not (ConnectionState.Established or ConnectionState.Open);
        if (isUnsolicited) sound *= 1 - rank.Inward;
        return sound;
    }

    private double Attempts(in NetworkContext context)
    {
        double sound = 1 - (rank.Regularity * context.Regularity);
        if (context.IsFailedLogin) sound *= 1 - Half(context.FailedLogins, options.BruteForce.Attempts);
        return sound * (1 - Half(context.UnknownNames, options.Names.Names));
    }

    /// <summary>Evidence of a count that reaches a quarter at its limit and a half far beyond.</summary>
    private static double Half(double count, double limit) => 0.5 * count / (count + limit);

    private static double EvidenceOf(in Evidence evidence) => evidence.Code switch
    {
        EvidenceCode.Signature or EvidenceCode.SensorAlert or EvidenceCode.Rule or EvidenceCode.PortScan or EvidenceCode.HostScan => evidence.Contribution,
        EvidenceCode.ThreatClass => evidence.Threshold,
        _ => 0,
    };
}
