using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.Declared;

/// <summary>
/// The continuous ranking score: noisy-or over calibrated evidence, 1 − Π(1 − e). Distance, novelty and the largest deviation of a field each become a tail
/// probability of their population, and that a piece of evidence by <see cref="RankOptions.EvidenceOf"/>.
/// </summary>
internal sealed class DeclaredRanker(DomainDeclaration declaration, DeclaredState state)
{
    /// <summary>Position of the distance's z-score in <see cref="Verdict.Statistics"/>.</summary>
    public const int StatisticDistance = 0;

    /// <summary>Position of the bits of novelty.</summary>
    public const int StatisticNovelty = 1;

    /// <summary>Position of the largest deviation.</summary>
    public const int StatisticDeviation = 2;

    /// <summary>Position of the first streaming detector's score.</summary>
    public const int FirstStream = 3;

    private readonly RankOptions rank = declaration.Rank;

    /// <summary>Fills rank score, surprise and statistics. Changes no state.</summary>
    /// <param name="context">What is known.</param>
    /// <param name="entity">Null for a new one.</param>
    /// <param name="verdict">Receives them; has its evidence.</param>
    /// <param name="learnedEvidence">What trained and streaming detectors say, 0 to 1.</param>
    public void Rank(in DeclaredContext context, DeclaredEntityState? entity, Verdict verdict, double learnedEvidence)
    {
        verdict.Statistics[StatisticDistance] = context.DistanceZ;
        verdict.Statistics[StatisticNovelty] = context.HasProfile ? context.NewBits : double.NaN;
        verdict.Statistics[StatisticDeviation] = context.LargestDeviation;
        double distance = Tail(state.Distance, context.Day, verdict.Statistics[StatisticDistance]);
        double novelty = Tail(state.Novelty, context.Day, verdict.Statistics[StatisticNovelty]);
        double deviation = Tail(state.Deviation, context.Day, verdict.Statistics[StatisticDeviation]);
        double half = rank.TailProbability;
        verdict.Surprise = 1 - ((1 - SurpriseOf(distance)) * (1 - SurpriseOf(novelty)) * (1 - SurpriseOf(deviation)));

        double recent = entity is null ? 0 : SurpriseAt(entity, context.Event.OccurredAt.Ticks);
        double burst = Math.Min(rank.BurstLimit, recent);
        double raised = half * (1 + (rank.BurstGain * burst));
        double sound = (1 - learnedEvidence) * (1 - rank.TakeoverEvidence(burst));
        sound *= (1 - rank.EvidenceOf(distance, raised)) * (1 - rank.EvidenceOf(novelty, raised)) * (1 - rank.EvidenceOf(deviation, raised));
        foreach (ref readonly Evidence evidence in verdict.Evidence) sound *= 1 - EvidenceOf(in evidence);
        verdict.RankScore = 1 - sound;
    }

    /// <summary>Surprises of the entity's earlier events, faded to a time.</summary>
    public double SurpriseAt(DeclaredEntityState entity, long ticks)
    {
        double days = Math.Max(0, (ticks - entity.SurpriseTicks) / (double)TimeSpan.TicksPerDay);
        return entity.Surprise * Math.Pow(2, -days / rank.BurstHalfLifeDays);
    }

    private static double Tail(TailHistogram population, int day, double statistic) =>
        double.IsNaN(statistic) ? 1 : population.UpperTail(day, statistic);

    private double SurpriseOf(double tail) => rank.EvidenceOf(tail, rank.TailProbability) / rank.Reliability;

    /// <summary>What thresholded findings add that no population tail covers yet.</summary>
    private double EvidenceOf(in Evidence evidence) => evidence.Code switch
    {
        EvidenceCode.Signature or EvidenceCode.Rule => rank.Reliability * evidence.Contribution,
        EvidenceCode.Velocity => rank.EvidenceOf(evidence.Significance, rank.TailProbability),
        _ => 0,
    };
}
