using Ecart.Eval.Metrics;

namespace Ecart.Eval.FraudHandbook;

/// <summary>How well one kind of fraud is found.</summary>
/// <param name="Scenario">Its name in the set: 1 high amount, 2 compromised terminal, 3 leaked card.</param>
/// <param name="Frauds">Frauds of the kind.</param>
/// <param name="Recall">Share of them among the highest ranked <see cref="AlertShare"/> of all test transactions.</param>
/// <param name="RocAuc">Area under the ROC curve of this kind against what is no fraud: 0.5 is invisible.</param>
internal sealed record ScenarioFigures(string Scenario, int Frauds, double Recall, double RocAuc)
{
    /// <summary>Share of the transactions that are taken as alerts for the recall: about the share of fraud in the set.</summary>
    public const double AlertShare = 0.01;

    /// <summary>Measures each kind.</summary>
    public static IReadOnlyList<ScenarioFigures> Of(IReadOnlyList<ScoredTransaction> transactions)
    {
        int alerts = (int)(AlertShare * transactions.Count);
        ScoredTransaction[] alerted = [.. transactions
            .OrderByDescending(transaction => transaction.Score)
            .ThenBy(transaction => transaction.Uid, StringComparer.Ordinal)
            .Take(alerts)];
        return [.. transactions.Where(transaction => transaction.IsFraud)
            .GroupBy(transaction => transaction.Scenario!, StringComparer.Ordinal)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => new ScenarioFigures(
                kind.Key,
                kind.Count(),
                alerted.Count(transaction => transaction.Scenario == kind.Key) / (double)kind.Count(),
                RankingMetrics.RocAuc([.. transactions
                    .Where(transaction => !transaction.IsFraud || transaction.Scenario == kind.Key)
                    .Select(transaction => new ScoredLabel(transaction.Score, transaction.IsFraud))])))];
    }
}
