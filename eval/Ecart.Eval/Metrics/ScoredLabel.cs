namespace Ecart.Eval.Metrics;

/// <summary>One event as a metric sees it.</summary>
/// <param name="Score">Higher is stranger; finite.</param>
/// <param name="IsPositive">Whether it was an anomaly.</param>
internal readonly record struct ScoredLabel(double Score, bool IsPositive);
