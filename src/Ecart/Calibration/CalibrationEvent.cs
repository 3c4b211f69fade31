using Ecart.Scoring;

namespace Ecart.Calibration;

/// <summary>A stored event as calibration sees it. Immutable.</summary>
/// <param name="OccurredAt">When, UTC.</param>
/// <param name="EntityId">Whose it is.</param>
/// <param name="Rank">Its rank score; NaN for none.</param>
/// <param name="Evidence">What the detectors found.</param>
/// <param name="IsAlert">Whether people were alerted of it.</param>
/// <param name="IsTrue">What people decided; null while nobody has.</param>
public sealed record CalibrationEvent(DateTime OccurredAt, string EntityId, double Rank, IReadOnlyList<Contribution> Evidence, bool IsAlert, bool? IsTrue)
{
    /// <summary>Its uid, for lists; empty where none are made.</summary>
    public string EventUid { get; init; } = "";

    /// <summary>The score that is stored; NaN where none is.</summary>
    public double StoredScore { get; init; } = double.NaN;

    /// <summary>Whether it is flagged in the store, though an exception may have silenced it.</summary>
    public bool IsFlagged { get; init; } = IsAlert;

    /// <summary>The score that it would have.</summary>
    public double ScoreBy(SeverityOptions severity)
    {
        ArgumentNullException.ThrowIfNull(severity);
        double sum = 0;
        for (int i = 0; i < Evidence.Count; i++) sum += severity.WeightOf(Evidence[i].Code) * Evidence[i].Value;
        return ScoreRule.Of(sum);
    }

    /// <summary>The chance that people confirm it, by a model.</summary>
    public double ChanceBy(RelevanceOptions relevance)
    {
        ArgumentNullException.ThrowIfNull(relevance);
        double sum = 0;
        for (int i = 0; i < Evidence.Count; i++) sum += relevance.WeightOf(Evidence[i].Code) * Evidence[i].Value;
        return relevance.Of(sum, Rank);
    }

    /// <summary>Whether it would be flagged, and how severe it would be.</summary>
    public (bool IsFlagged, Severity Severity) DecideBy(SeverityOptions severity)
    {
        double score = ScoreBy(severity);
        bool isFlagged = score >= severity.Flag && (severity.Relevance is not { } relevance || ChanceBy(relevance) >= relevance.Least);
        return (isFlagged, severity.Of(score));
    }
}
