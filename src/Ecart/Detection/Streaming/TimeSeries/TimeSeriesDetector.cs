using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// Scores the points of one univariate time series as they come, then learns from them, in bounded memory. Six statistics
/// (<see cref="TimeSeriesComponent"/>) are each put on the scale of their own past as decades of rarity, without any assumption about the values, and
/// a power mean of them is the point's strangeness; a shift is announced once and becomes the new normal. Sampling may be irregular and points may
/// be missing. Not thread-safe: one owner a stream.
/// </summary>
public sealed class TimeSeriesDetector
{
    /// <summary>Stable name of the kind.</summary>
    public const string Kind = "time_series";

    /// <summary>The format that is written. Older ones stay readable.</summary>
    public const int Version = 1;

    /// <summary>Largest magnitude of a value.</summary>
    public const double MaximumMagnitude = 1e100;

    /// <summary>Of the mean over the components: one that stands out counts for more than several that are somewhat unusual.</summary>
    private const double Power = 1.5;
    /// <summary>A stream that runs ten times as long has had ten times the occasions to be strange: that much is taken off for it.</summary>
    private const double OccasionDecades = 0.25;
    /// <summary>Points from which on that counts.</summary>
    private const double FewPoints = 500;
    /// <summary>By <see cref="TimeSeriesComponent"/>. The spread changes with load, harmlessly and often.</summary>
    private static readonly double[] Weights = [1, 1, 1, 0.5, 1, 1];
    private static readonly ArtefactEnvelope Envelope = new()
    {
        Mark = 0x53544345, // "ECTS"
        Version = Version,
        WithoutMark = "This is no time-series detector: the artefact does not begin with the mark of one.",
        Saved = "The detector was",
        Remedy = "begin anew",
        ShortRemedy = "Restore it from a backup or begin anew.",
    };
    private static readonly int ComponentCount = Enum.GetValues<TimeSeriesComponent>().Length;
    private readonly TimeSeriesOptions options;
    private readonly SlidingValues history;
    private readonly SeriesStatistic[] statistics;
    private readonly TailEstimate[] tails;
    private readonly Announcements announcements;
    private readonly double[] measures = new double[ComponentCount];
    private readonly double[] decades = new double[ComponentCount];
    /// <summary>The point that measures and decades are of, and how many were learned then: what Score found need not be found again to learn it.</summary>
    private SeriesPoint measured;
    private long measuredAfter = -1;

    /// <summary>Makes a detector that has learned nothing.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="OptionsException">An option is out of range.</exception>
    public TimeSeriesDetector(TimeSeriesOptions? options = null)
    {
        this.options = options ?? new TimeSeriesOptions();
        this.options.Validate();
        history = new SlidingValues(Math.Max(this.options.ValueHistory + this.options.ValueGap, NearestShape.PointsFor(this.options)));
        announcements = new Announcements(this.options);
        statistics =
        [
            new NearestValue(history, this.options),
            new RangeExcess(),
            new LevelShift(this.options),
            new SpreadChange(history, this.options),
            new SeasonalResidual(this.options),
            new NearestShape(history, this.options),
        ];
        tails = [.. statistics.Select(statistic => new TailEstimate(statistic.Overlap))];
    }

    /// <summary>How many points were learned.</summary>
    public long Learned { get; private set; }

    /// <summary>False while too little was learned for an opinion; scores are 0 until then.</summary>
    public bool HasOpinion => Learned >= options.MinimumPoints;

    /// <summary>Bytes that it holds, buffers included.</summary>
    public long Bytes =>
        history.Bytes + Announcements.Bytes + (2L * ComponentCount * sizeof(double)) + statistics.Sum(statistic => statistic.Bytes) + tails.Sum(tail => tail.Bytes);

    /// <summary>
    /// How far out a point is: 0 to 1, 1 − 10^−d for a strangeness of d decades of rarity. 0 while there is no opinion, for a missing point, and for what
    /// goes on after it was announced. From about 0.98 it is worth telling a person.
    /// </summary>
    /// <param name="time">Event time in any one time zone; its time of day is the season. Only its time of day and the time since the last point count.</param>
    /// <param name="value">The value; NaN is a missing point.</param>
    /// <exception cref="DetectorInputException">The value is infinite or beyond <see cref="MaximumMagnitude"/>.</exception>
    /// <remarks>Never changes what is learned, never allocates.</remarks>
    public double Score(DateTime time, double value)
    {
        Check(value);
        if (double.IsNaN(value) || !HasOpinion) return 0;
        double strangeness = Measure(new SeriesPoint(time.Ticks, value));
        return announcements.IsNews(Learned, strangeness) ? 1 - Math.Pow(10, -strangeness) : 0;
    }

    /// <summary>Takes a point into what is normal. Call it after <see cref="Score"/>, never before. A missing point teaches nothing.</summary>
    /// <param name="time">As in <see cref="Score"/>.</param>
    /// <param name="value">As in <see cref="Score"/>.</param>
    /// <exception cref="DetectorInputException">The value is infinite or beyond <see cref="MaximumMagnitude"/>.</exception>
    public void Learn(DateTime time, double value)
    {
        Check(value);
        if (double.IsNaN(value)) return;
        var point = new SeriesPoint(time.Ticks, value);
        double strangeness = Measure(point);
        if (HasOpinion && strangeness > 0 && announcements.IsNews(Learned, strangeness)) announcements.Add(Learned, strangeness);
        for (int i = 0; i < statistics.Length; i++)
        {
            tails[i].Add(measures[i]);
            statistics[i].Learn(point);
        }

        history.Add(value);
        Learned++;
    }

    /// <summary>What is strange about a point, announced before or not: decades of rarity of each component, 0 to 15; all 0 without an opinion.</summary>
    /// <param name="time">As in <see cref="Score"/>.</param>
    /// <param name="value">As in <see cref="Score"/>.</param>
    /// <param name="components">Receives them, in the order of <see cref="TimeSeriesComponent"/>.</param>
    /// <exception cref="DetectorInputException">The value is infinite or beyond <see cref="MaximumMagnitude"/>, or there is not room for exactly all.</exception>
    public void Explain(DateTime time, double value, Span<double> components)
    {
        Check(value);
        if (components.Length != ComponentCount)
            throw new DetectorInputException($"{Kind}: there is room for {components.Length} components; there are {ComponentCount}.");
        components.Clear();
        if (double.IsNaN(value) || !HasOpinion) return;
        Measure(new SeriesPoint(time.Ticks, value));
        decades.CopyTo(components);
    }

    /// <summary>Options and state as bytes; the restored detector goes on exactly as this one would.</summary>
    public byte[] Save()
    {
        ArtefactWriter writer = Envelope.Begin();
        TimeSeriesFormat.Write(writer, options);
        writer.Long(Learned);
        history.Write(writer);
        foreach (SeriesStatistic statistic in statistics) statistic.Write(writer);
        foreach (TailEstimate tail in tails) tail.Write(writer);
        announcements.Write(writer);
        return ArtefactEnvelope.Seal(writer);
    }

    /// <summary>Makes a detector of what <see cref="Save"/> returned.</summary>
    /// <exception cref="ArtefactException">Damaged, of another kind, or of a newer format.</exception>
    public static TimeSeriesDetector Restore(ReadOnlySpan<byte> artefact)
    {
        ArtefactReader reader = Envelope.Open(artefact);
        var detector = new TimeSeriesDetector(TimeSeriesFormat.ReadOptions(ref reader)) { Learned = reader.Long() };
        detector.history.Read(ref reader);
        foreach (SeriesStatistic statistic in detector.statistics) statistic.Read(ref reader);
        foreach (TailEstimate tail in detector.tails) tail.Read(ref reader);
        detector.announcements.Read(ref reader);
        reader.RequireEnd();
        return detector;
    }

    /// <summary>Fills measures and decades.</summary>
    /// <returns>The strangeness.</returns>
    private double Measure(in SeriesPoint point)
    {
        if (measuredAfter != Learned || measured != point)
        {
            for (int i = 0; i < statistics.Length; i++)
            {
                measures[i] = statistics[i].Measure(point);
                decades[i] = tails[i].DecadesOf(measures[i]);
            }

            measured = point;
            measuredAfter = Learned;
        }

        return Strangeness();
    }

    private double Strangeness()
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < decades.Length; i++)
        {
            sum += Weights[i] * Math.Pow(decades[i], Power);
            weights += Weights[i];
        }

        double occasions = OccasionDecades * Math.Log10(Math.Max(1, Learned / FewPoints));
        return Math.Max(0, Math.Pow(sum / weights, 1 / Power) - occasions);
    }

    private static void Check(double value)
    {
        if (Math.Abs(value) > MaximumMagnitude)
            throw new DetectorInputException($"{Kind}: the value is {value}; it must be at most {MaximumMagnitude} in magnitude, or NaN where it is missing.");
    }
}
