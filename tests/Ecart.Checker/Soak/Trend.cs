namespace Ecart.Checker.Soak;

/// <summary>A straight line through the second half of some measurements, by least squares.</summary>
/// <param name="Mean">Mean of the second half.</param>
/// <param name="PerMinute">Slope of the line.</param>
/// <param name="Minutes">Length of the second half.</param>
internal readonly record struct Trend(double Mean, double PerMinute, double Minutes)
{
    private const double MostShareAMinute = 0.01;
    private const int Floors = 20;

    /// <summary>Fits a line.</summary>
    /// <param name="points">Seconds and values, in order of time.</param>
    public static Trend Of(IReadOnlyList<(double Seconds, double Value)> points)
    {
        List<(double Seconds, double Value)> half = [.. points.Skip(points.Count / 2)];
        if (half.Count < 2) return new Trend(half.Count == 0 ? 0 : half[0].Value, 0, 0);
        double meanTime = half.Average(point => point.Seconds);
        double mean = half.Average(point => point.Value);
        double spread = half.Sum(point => (point.Seconds - meanTime) * (point.Seconds - meanTime));
        double slope = spread == 0 ? 0 : half.Sum(point => (point.Seconds - meanTime) * (point.Value - mean)) / spread;
        return new Trend(mean, slope * 60, (half[^1].Seconds - half[0].Seconds) / 60);
    }

    /// <summary>
    /// Fits a line to the least value of each twentieth of the time. A heap rises and falls with its collections; what a leak raises is the level that it falls
    /// back to.
    /// </summary>
    /// <param name="points">Seconds and values, in order of time.</param>
    public static Trend OfFloor(IReadOnlyList<(double Seconds, double Value)> points) =>
        Of([.. points.Chunk(Math.Max(1, points.Count / Floors)).Select(some => some.MinBy(point => point.Value))]);

    /// <summary>Whether it grows by less than 1 % of its mean a minute.</summary>
    public bool IsFlat => PerMinute < MostShareAMinute * Mean;

    /// <summary>What the line rises by from one end to the other.</summary>
    public double Rise => PerMinute * Minutes;
}
