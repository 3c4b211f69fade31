namespace Ecart.Eval.NslKdd;

/// <summary>The last line of a run's output, as JSON. A metric is null where the test has no attack or nothing else.</summary>
internal sealed record NslKddResult(string Eval, double? Auc, double? Ap, int Trained, int Rows, string Test)
{
    private const int Decimals = 6;

    public static NslKddResult Of(NslKddSplit split, NslKddFigures figures) =>
        new(NslKddEvaluation.Name, Defined(figures.Auc), Defined(figures.AveragePrecision), split.Normal.Count, split.Test.Count, split.TestName);

    private static double? Defined(double metric) => double.IsNaN(metric) ? null : Math.Round(metric, Decimals);
}
