namespace Ecart.Eval.FraudHandbook;

/// <summary>The last line of a run's output, as JSON. A metric is null where it is undefined, for lack of fraud or of anything else.</summary>
internal sealed record FraudHandbookResult(
    string Eval, string Feedback, string Learning, double? Auc, double? Ap, double? Cp100, int Rows, int Frauds, string Train, string Test)
{
    private const int Decimals = 6;

    public static FraudHandbookResult Of(FraudHandbookSplit split, LabelUse use, FraudHandbookFigures figures) => new(
        FraudHandbookEvaluation.Name,
        LabelUse.NameOf(use.IsFeedback),
        LabelUse.NameOf(use.IsLearning),
        Defined(figures.RocAuc),
        Defined(figures.AveragePrecision),
        Defined(figures.CardPrecisionAt100),
        figures.Rows,
        figures.Frauds,
        split.Training.ToString(),
        split.Test.ToString());

    private static double? Defined(double metric) => double.IsNaN(metric) ? null : Math.Round(metric, Decimals);
}
