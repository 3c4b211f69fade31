namespace Ecart.MariaDb.Exceptions;

/// <summary>Distances from an event by which a radius is proposed. Null where there is nothing to measure.</summary>
/// <param name="OwnNearest">To the nearest other event of the entity that is no confirmed fraud.</param>
/// <param name="OwnFifth">To the fifth nearest of them.</param>
/// <param name="OwnMedian">Median over its newest 500.</param>
/// <param name="NearestFraud">To the nearest confirmed fraud of the domain, among the newest 1,000.</param>
public sealed record RadiusFigures(double? OwnNearest, double? OwnFifth, double? OwnMedian, double? NearestFraud)
{
    private const double WithoutFigures = 0.2;
    private const double Smallest = 0.01;

    /// <summary>
    /// The proposed radius: so far that the entity's five nearest events lie within, and never more than half the way to the nearest confirmed fraud. 0.2 where
    /// nothing can be measured.
    /// </summary>
    public double Proposed
    {
        get
        {
            double wide = OwnFifth ?? OwnNearest ?? WithoutFigures;
            return Math.Round(Math.Max(Smallest, NearestFraud is { } fraud ? Math.Min(wide, fraud / 2) : wide), 3);
        }
    }
}
