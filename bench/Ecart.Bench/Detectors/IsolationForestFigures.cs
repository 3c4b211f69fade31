using Ecart.Detection.Batch.Isolation;

namespace Ecart.Bench.Detectors;

/// <summary>Isolation forest, fit and score of all rows, beside scikit-learn's.</summary>
internal sealed class IsolationForestFigures : IFigureGroup
{
    public string Name => "isolation_forest";

    public IEnumerable<Figure> Measure(MeasuringSession session) => FitAndScore.Measure(
        session,
        "isolation_forest",
        "isolation forest, 100 trees of 256",
        () => new IsolationForest(new IsolationForestOptions { Trees = 100, Threads = session.Threads }));
}
