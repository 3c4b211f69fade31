using Ecart.Learning;
using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Fills <see cref="NetworkFeatures"/> from the context and the verdict so far. Changes no state and allocates nothing.</summary>
internal static class NetworkFeatureBuilder
{
    /// <summary>Stands for a time that there is none of: e to this is a year in seconds.</summary>
    private const float Never = 17.3f;

    /// <summary>Fills the features of an event, in the order of their names.</summary>
    public static void Build(in NetworkContext context, in NetworkRankTrace trace, Verdict verdict, Span<float> features)
    {
        int next = WriteEvent(context.Event, features);
        next += WriteSource(in context, in trace, verdict, features[next..]);
        next += WriteFindings(in context, features[next..]);
        WriteEvidence(verdict, features[next..]);
    }

    private static int WriteEvent(NetworkFlow flow, Span<float> features)
    {
        features[0] = FeatureValue.Log(flow.BytesOut);
        features[1] = FeatureValue.Log(flow.BytesIn);
        features[2] = FeatureValue.Log(flow.PacketsOut);
        features[3] = FeatureValue.Log(flow.PacketsIn);
        features[4] = FeatureValue.Log(flow.DurationSeconds);
        features[5] = (float)flow.Kind;
        features[6] = (float)flow.Protocol;
        features[7] = (float)flow.State;
        features[8] = flow.IsFailed ? 1 : 0;
        features[9] = flow.DestinationPort;
        features[10] = (float)flow.SourceScope;
        features[11] = (float)flow.DestinationScope;
        features[12] = (float)flow.OccurredAt.TimeOfDay.TotalHours;
        return 13;
    }

    private static int WriteSource(in NetworkContext context, in NetworkRankTrace trace, Verdict verdict, Span<float> features)
    {
        features[0] = FeatureValue.Deviation(context.DistanceZ);
        features[1] = FeatureValue.Tail(trace.DistanceTail);
        features[2] = FeatureValue.Tail(trace.VolumeTail);
        features[3] = (float)verdict.Surprise;
        features[4] = FeatureValue.Log(context.Profile.Count);
        features[5] = FeatureValue.Log(context.EarlierEvents);
        features[6] = FeatureValue.Log(context.SecondsSincePrevious, Never);
        features[7] = context.IsNewDestination ? 1 : 0;
        features[8] = context.IsNewPort ? 1 : 0;
        return 9;
    }

    private static int WriteFindings(in NetworkContext context, Span<float> features)
    {
        features[0] = FeatureValue.Deviation(context.WeightedPorts);
        features[1] = FeatureValue.Deviation(context.WeightedPortsThere);
        features[2] = FeatureValue.Deviation(context.WeightedHosts);
        features[3] = context.NewHosts;
        features[4] = context.Contacts;
        features[5] = (float)context.FailedShare;
        features[6] = (float)context.FailedShareThere;
        features[7] = (float)context.FailedShareOnPort;
        features[8] = FeatureValue.Deviation(context.FailedInDay);
        features[9] = FeatureValue.Deviation(context.FailedShareInDay);
        features[10] = (float)context.Regularity;
        features[11] = FeatureValue.Log(context.IntervalSeconds, Never);
        features[12] = FeatureValue.Deviation(context.FailedLogins);
        features[13] = FeatureValue.Deviation(context.FloodConnections);
        features[14] = (float)context.FloodEmptyShare;
        features[15] = FeatureValue.Log(context.BytesToNew);
        features[16] = context.SpreadHosts;
        features[17] = FeatureValue.Deviation(context.UnknownNames);
        features[18] = (float)context.NameRandomness;
        return 19;
    }

    private static void WriteEvidence(Verdict verdict, Span<float> features)
    {
        features[0] = 0;
        features[1] = 0;
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            if (evidence.Code == EvidenceCode.SensorAlert) features[0] += (float)evidence.Contribution;
            if (evidence.Code is EvidenceCode.Signature or EvidenceCode.Rule) features[1] += (float)evidence.Contribution;
        }

        features[2] = (float)verdict.Score;
        features[3] = (float)verdict.RankScore;
    }
}
