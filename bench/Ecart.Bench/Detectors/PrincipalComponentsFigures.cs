using Ecart.Detection.Batch.Axes;

namespace Ecart.Bench.Detectors;

/// <summary>Principal components, fit and reconstruction error of all rows, beside scikit-learn's; neither scales the columns.</summary>
internal sealed class PrincipalComponentsFigures : IFigureGroup
{
    public string Name => "pca";

    public IEnumerable<Figure> Measure(MeasuringSession session) => FitAndScore.Measure(
        session,
        "pca",
        "PCA of 90 % of the variance, error of the rest",
        () => new PrincipalComponents(new PrincipalComponentOptions
        {
            Score = PrincipalComponentScore.ReconstructionError,
            Standardise = false,
            ExplainedVariance = 0.9,
            Threads = session.Threads,
        }));
}
