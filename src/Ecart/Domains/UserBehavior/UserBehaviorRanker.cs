using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.UserBehavior;

/// <summary>
/// The continuous ranking score: noisy-or over calibrated evidence, 1 − Π(1 − e). Distance, novelty and sequence each become a tail probability of their
/// population, and that a piece of evidence by <see cref="RankOptions.EvidenceOf"/>.
/// </summary>
internal sealed class UserBehaviorRanker(UserBehaviorOptions options, UserBehaviorState state)
{
    /// <summary>Position of the distance's z-score in <see cref="Verdict.Statistics"/>.</summary>
    public const int StatisticDistance = 0;

    /// <summary>Position of the bits of novelty.</summary>
    public const int StatisticNovelty = 1;

    /// <summary>Position of the sequence's score.</summary>
    public const int StatisticSequence = 2;

    /// <summary>Statistics of its own; those of the streaming detectors follow.</summary>
    public const int Statistics = 3;

    private readonly RankOptions rank = options.Rank;

    /// <summary>Fills rank score, surprise and statistics. Changes no state.</summary>
    /// <param name="context">What is known.</param>
    /// <param name="user">The user; null for a new one.</param>
    /// <param name="verdict">Receives them; has its evidence.</param>
    /// <param name="learnedEvidence">What trained and streaming detectors say, 0 to 1.</param>
    public UserBehaviorRankTrace Rank(in UserBehaviorContext context, UserState? user, Verdict verdict, double learnedEvidence)
    {
        verdict.Statistics[StatisticDistance] = context.DistanceZ;
        verdict.Statistics[StatisticNovelty] = context.HasProfile ? context.Novelty.Bits : double.NaN;
        verdict.Statistics[StatisticSequence] = context.Sequence;
        double distance = Tail(state.Distance, context.Day, verdict.Statistics[StatisticDistance]);
        double novelty = Tail(state.Novelty, context.Day, verdict.Statistics[StatisticNovelty]);
        double sequence = context.SequenceStep > 0 ? Tail(state.Sequence, context.Day, verdict.Statistics[StatisticSequence]) : 1;
        double half = rank.TailProbability;
        verdict.Surprise = 1 - ((1 - SurpriseOf(distance)) * (1 - SurpriseOf(novelty)) * (1 - SurpriseOf(sequence)));

        double recent = user is null ? 0 : SurpriseAt(user, context.Event.OccurredAt.Ticks);
        double burst = Math.Min(rank.BurstLimit, recent);
        double raised = half * (1 + (rank.BurstGain * burst));
        double sound = (1 - learnedEvidence) * (1 - rank.TakeoverEvidence(burst));
        sound *= (1 - rank.EvidenceOf(distance, raised)) * (1 - rank.EvidenceOf(novelty, raised)) * (1 - rank.EvidenceOf(sequence, raised));
        foreach (ref readonly Evidence evidence in verdict.Evidence) sound *= 1 - EvidenceOf(in evidence);
        verdict.RankScore = 1 - sound;
        return new UserBehaviorRankTrace(distance, novelty, sequence, recent);
    }

    /// <summary>Surprises of the user's earlier events, faded to a time.</summary>
    public double SurpriseAt(UserState user, long ticks)
    {
        double days = Math.Max(0, (ticks - user.SurpriseTicks) / (double)TimeSpan.TicksPerDay);
        return user.Surprise * Math.Pow(2, -days / rank.BurstHalfLifeDays);
    }

    private static double Tail(TailHistogram population, int day, double statistic) =>
        double.IsNaN(statistic) ? 1 : population.UpperTail(day, statistic);

    private double SurpriseOf(double tail) => rank.EvidenceOf(tail, rank.TailProbability) / rank.Reliability;

    /// <summary>What thresholded findings add that no population tail covers yet.</summary>
    private double EvidenceOf(in Evidence evidence) => evidence.Code switch
    {
        EvidenceCode.ImpossibleTravel or EvidenceCode.SharedCredentials or EvidenceCode.PasswordGuessing or EvidenceCode.Signature
            or EvidenceCode.Rule or EvidenceCode.OutsidePeers => rank.Reliability * evidence.Contribution,
        _ => 0,
    };
}
