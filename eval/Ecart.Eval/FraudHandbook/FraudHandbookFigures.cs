using Ecart.Eval.Metrics;

namespace Ecart.Eval.FraudHandbook;

/// <summary>Figures of one run.</summary>
/// <param name="Rows">Test transactions that count.</param>
/// <param name="Frauds">Frauds among them.</param>
/// <param name="RocAuc">Area under the ROC curve.</param>
/// <param name="AveragePrecision">Average precision.</param>
/// <param name="CardPrecisionAt100">Card precision@100.</param>
/// <param name="Scenarios">Each kind of fraud by itself, in the order of their names.</param>
internal sealed record FraudHandbookFigures(
    int Rows, int Frauds, double RocAuc, double AveragePrecision, double CardPrecisionAt100, IReadOnlyList<ScenarioFigures> Scenarios)
{
    private const int InvestigatedCards = 100;

    /// <summary>Measures a run.</summary>
    /// <param name="transactions">The test transactions that count.</param>
    public static FraudHandbookFigures Of(IReadOnlyList<ScoredTransaction> transactions)
    {
        ScoredLabel[] labels = [.. transactions.Select(transaction => new ScoredLabel(transaction.Score, transaction.IsFraud))];
        IEnumerable<CardEvent> cards = transactions.Select(transaction =>
            new CardEvent(transaction.Day, transaction.Account, transaction.Score, transaction.IsFraud));
        return new FraudHandbookFigures(
            transactions.Count,
            transactions.Count(transaction => transaction.IsFraud),
            RankingMetrics.RocAuc(labels),
            RankingMetrics.AveragePrecision(labels),
            CardPrecision.At(cards, InvestigatedCards),
            ScenarioFigures.Of(transactions));
    }
}
