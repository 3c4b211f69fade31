namespace Ecart.Bench.Detectors;

/// <summary>Figures that belong together: a method with its bound or peer. To add one: write its class and name it in <see cref="FigureGroups"/>.</summary>
internal interface IFigureGroup
{
    /// <summary>Short name for <c>--only</c>, such as <c>neighbours</c>.</summary>
    string Name { get; }

    /// <summary>Measures ours and what it is compared with in turns, so that a disturbance meets both.</summary>
    IEnumerable<Figure> Measure(MeasuringSession session);
}
