using Ecart.Scoring;

namespace Ecart.MariaDb.Reading;

/// <summary>A verdict as the store keeps it. Immutable.</summary>
/// <param name="EventUid">The event.</param>
/// <param name="Score">0 to 1; null for an event too late to be scored.</param>
/// <param name="RankScore">0 to 1, continuous; null for an event too late to be scored.</param>
/// <param name="IsAnomaly">Whether the score reached the flagging threshold.</param>
/// <param name="Severity">Severity by score.</param>
/// <param name="Reasons">The findings.</param>
/// <param name="IsLate">Whether it came later than the domain allows.</param>
/// <param name="SuppressedBy">Id of the exception that silenced the alert; null when none did.</param>
/// <param name="ConfigurationVersion">Version of the configuration that scored.</param>
/// <param name="EmbeddingVersion">Version of the embedding.</param>
public sealed record StoredVerdict(
    string EventUid,
    double? Score,
    double? RankScore,
    bool IsAnomaly,
    Severity Severity,
    IReadOnlyList<VerdictReason> Reasons,
    bool IsLate,
    long? SuppressedBy,
    int ConfigurationVersion,
    int EmbeddingVersion)
{
    /// <summary>A copy of what is about to be, or has just been, stored.</summary>
    public static StoredVerdict Of(in ScoredEvent scored)
    {
        Verdict verdict = scored.Verdict;
        var reasons = new VerdictReason[verdict.Evidence.Length];
        for (int i = 0; i < reasons.Length; i++)
        {
            ref readonly Evidence evidence = ref verdict.Evidence[i];
            double contribution = Math.Round(evidence.Contribution, ScoreRule.Decimals, MidpointRounding.AwayFromZero);
            reasons[i] = new VerdictReason(evidence.Code, contribution, EvidenceText.Describe(in evidence));
        }

        return new StoredVerdict(
            scored.Event.EventUid,
            double.IsNaN(verdict.Score) ? null : verdict.Score,
            double.IsNaN(verdict.RankScore) ? null : verdict.RankScore,
            verdict.IsAnomaly,
            verdict.Severity,
            reasons,
            verdict.IsLate,
            verdict.SuppressedBy == 0 ? null : verdict.SuppressedBy,
            verdict.ConfigurationVersion,
            verdict.EmbeddingVersion);
    }
}
