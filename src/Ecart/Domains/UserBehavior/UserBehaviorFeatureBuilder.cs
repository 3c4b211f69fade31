using Ecart.Learning;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior;

/// <summary>Fills <see cref="UserBehaviorFeatures"/> from the context and the verdict so far. Changes no state and allocates nothing.</summary>
internal static class UserBehaviorFeatureBuilder
{
    /// <summary>Stands for a time that there is none of: e to this is a year in minutes.</summary>
    private const float Never = 13.2f;

    /// <summary>Fills the features of an event, in the order of their names.</summary>
    public static void Build(in UserBehaviorContext context, in UserBehaviorRankTrace trace, Verdict verdict, Span<float> features)
    {
        int next = WriteEvent(in context, features);
        next += WriteTails(in context, in trace, verdict, features[next..]);
        next += WritePast(in context, features[next..]);
        next += WritePlaces(in context, features[next..]);
        next += WritePeers(in context, features[next..]);
        WriteEvidence(verdict, features[next..]);
    }

    private static int WriteEvent(in UserBehaviorContext context, Span<float> features)
    {
        features[0] = (float)context.Event.Outcome;
        features[1] = (float)context.Event.LocalTime.TimeOfDay.TotalHours;
        features[2] = context.Event.DeviceId is null ? 0 : 1;
        features[3] = context.Event.SourceIp is null ? 0 : 1;
        return 4;
    }

    private static int WriteTails(in UserBehaviorContext context, in UserBehaviorRankTrace trace, Verdict verdict, Span<float> features)
    {
        features[0] = FeatureValue.Deviation(context.DistanceZ);
        features[1] = FeatureValue.Tail(trace.DistanceTail);
        features[2] = FeatureValue.Deviation(context.Novelty.Bits);
        features[3] = FeatureValue.Tail(trace.NoveltyTail);
        features[4] = FeatureValue.Deviation(context.Sequence);
        features[5] = FeatureValue.Deviation(context.SequenceStep);
        features[6] = FeatureValue.Tail(trace.SequenceTail);
        features[7] = (float)verdict.Surprise;
        features[8] = FeatureValue.Deviation(trace.Burst);
        return 9;
    }

    private static int WritePast(in UserBehaviorContext context, Span<float> features)
    {
        features[0] = FeatureValue.Log(context.Profile.Count);
        features[1] = context.EarlierInHour;
        features[2] = context.EarlierInDay;
        features[3] = context.FailuresInHour;
        features[4] = context.FailuresInWindow;
        features[5] = FeatureValue.Log(context.MinutesSincePrevious, Never);
        features[6] = (float)context.Novelty.Device;
        features[7] = (float)context.Novelty.Agent;
        features[8] = (float)context.Novelty.Network;
        features[9] = (float)context.Novelty.Country;
        features[10] = (float)context.Novelty.Resource;
        features[11] = (float)context.Novelty.Type;
        features[12] = (float)context.Novelty.Hour;
        return 13;
    }

    private static int WritePlaces(in UserBehaviorContext context, Span<float> features)
    {
        features[0] = FeatureValue.Log(context.KmFromPlace);
        features[1] = context.IsOtherCountry ? 1 : 0;
        features[2] = context.Sources;
        features[3] = context.SourceChanges;
        features[4] = context.AreSourcesApart ? 1 : 0;
        return 5;
    }

    /// <summary>Shares of the peers' events; 0 where there are no peers.</summary>
    private static int WritePeers(in UserBehaviorContext context, Span<float> features)
    {
        float all = Math.Max(1, context.PeerEvents);
        features[0] = FeatureValue.Log(context.PeerEvents);
        features[1] = context.Peers.Country / all;
        features[2] = context.Peers.Network / all;
        features[3] = context.Peers.Resource / all;
        features[4] = context.Peers.Deed / all;
        features[5] = context.Peers.Hour / all;
        return 6;
    }

    private static void WriteEvidence(Verdict verdict, Span<float> features)
    {
        features[..4].Clear();
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            int feature = evidence.Code switch
            {
                EvidenceCode.ImpossibleTravel => 0,
                EvidenceCode.SharedCredentials => 1,
                EvidenceCode.PasswordGuessing => 2,
                EvidenceCode.Signature or EvidenceCode.Rule => 3,
                _ => -1,
            };
            if (feature >= 0) features[feature] += (float)evidence.Contribution;
        }

        features[4] = (float)verdict.Score;
        features[5] = (float)verdict.RankScore;
    }
}
