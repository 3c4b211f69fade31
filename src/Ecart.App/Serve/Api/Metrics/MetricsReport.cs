using Ecart.MariaDb.Metrics;

namespace Ecart.App.Serve.Api.Metrics;

/// <summary>A domain's days and the health of its detectors.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Days">Its days, the oldest first.</param>
/// <param name="Score">Drift of the scores; null where there is nothing to compare.</param>
/// <param name="Features">Drift of the inputs, the most changed first.</param>
/// <param name="IsComplete">Whether everything is counted that was stored when it was read.</param>
/// <param name="ReadAt">When it was read, UTC.</param>
public sealed record MetricsReport(
    string Domain, IReadOnlyList<DailyMetric> Days, ScoreDrift? Score, IReadOnlyList<FeatureDrift> Features, bool IsComplete, DateTime ReadAt);
