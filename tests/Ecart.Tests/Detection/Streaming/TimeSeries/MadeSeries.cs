using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Numerics;

namespace Ecart.Tests.Detection.Streaming.TimeSeries;

/// <summary>A series made of a function, with a detector that scores and learns it point by point.</summary>
internal sealed class MadeSeries
{
    public static readonly DateTime Start = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);
    private readonly SeededRandom random;

    public MadeSeries(TimeSeriesDetector? detector = null, ulong seed = 1, int minutes = 5)
    {
        Detector = detector ?? new TimeSeriesDetector();
        random = new SeededRandom(seed);
        Minutes = minutes;
    }

    public TimeSeriesDetector Detector { get; }

    public int Minutes { get; }

    public int Next { get; private set; }

    public DateTime Time => Start.AddMinutes((double)Next * Minutes);

    /// <summary>Standard normal.</summary>
    public double Noise => random.NextNormal();

    /// <summary>A day's course at the next point, −1 to 1.</summary>
    public double Day => Math.Sin(2 * Math.PI * Time.TimeOfDay.TotalDays);

    /// <summary>Scores, then learns points.</summary>
    public double[] Feed(int points, Func<double> value)
    {
        var scores = new double[points];
        for (int i = 0; i < points; i++) scores[i] = Feed(value());
        return scores;
    }

    public double Feed(double value)
    {
        double score = Detector.Score(Time, value);
        Detector.Learn(Time, value);
        Next++;
        return score;
    }

    public double[] Explain(double value)
    {
        var components = new double[Enum.GetValues<TimeSeriesComponent>().Length];
        Detector.Explain(Time, value, components);
        return components;
    }
}
