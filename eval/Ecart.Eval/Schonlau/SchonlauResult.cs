namespace Ecart.Eval.Schonlau;

/// <summary>The last line of a run's output, as JSON. The metric is null where no block is a masquerade.</summary>
internal sealed record SchonlauResult(string Eval, double? Auc, int Users, int Blocks, int Masquerades)
{
    private const int Decimals = 6;

    public static SchonlauResult Of(SchonlauFigures figures) => new(
        SchonlauEvaluation.Name,
        double.IsNaN(figures.Auc) ? null : Math.Round(figures.Auc, Decimals),
        figures.Users,
        figures.Tests,
        figures.Masquerades);
}
