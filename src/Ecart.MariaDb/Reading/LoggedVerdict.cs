using Ecart.Scoring;

namespace Ecart.MariaDb.Reading;

/// <summary>A verdict as it stands in the log, with its event.</summary>
/// <param name="Event">The event, its place in the log, and what of the verdict state is rebuilt from.</param>
/// <param name="Score">The score; null for a late event.</param>
/// <param name="RankScore">The ranking score; null for a late event.</param>
/// <param name="Reasons">The evidence.</param>
public sealed record LoggedVerdict(ScoredEvent Event, double? Score, double? RankScore, IReadOnlyList<VerdictReason> Reasons);
