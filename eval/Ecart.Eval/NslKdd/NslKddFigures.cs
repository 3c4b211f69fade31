using Ecart.Eval.Metrics;

namespace Ecart.Eval.NslKdd;

/// <summary>How well a detector ranks attacks above normal records.</summary>
/// <param name="Detector">Its kind.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="AveragePrecision">Average precision.</param>
/// <param name="ByCategory">Records and AUC of each kind of attack against all normal records.</param>
internal sealed record NslKddFigures(string Detector, double Auc, double AveragePrecision, IReadOnlyList<(string Category, int Records, double Auc)> ByCategory)
{
    public static NslKddFigures Of(string detector, ConnectionRecords test, double[] scores)
    {
        ScoredLabel[] scored = [.. scores.Select((score, record) => new ScoredLabel(score, test.IsAttack(record)))];
        ScoredLabel[] normal = [.. scored.Where(record => !record.IsPositive)];
        var categories = test.Categories.Index()
            .Where(record => test.IsAttack(record.Index))
            .GroupBy(record => record.Item, record => scored[record.Index], StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count(), RankingMetrics.RocAuc([.. normal, .. group])));
        return new NslKddFigures(detector, RankingMetrics.RocAuc(scored), RankingMetrics.AveragePrecision(scored), [.. categories]);
    }
}
