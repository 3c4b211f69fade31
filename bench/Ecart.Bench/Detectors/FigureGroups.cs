namespace Ecart.Bench.Detectors;

/// <summary>All groups of figures, in the order of the report.</summary>
internal static class FigureGroups
{
    public static IReadOnlyList<IFigureGroup> All { get; } =
    [
        new NeighbourFigures(),
        new LocalOutlierFactorFigures(),
    ];
}
