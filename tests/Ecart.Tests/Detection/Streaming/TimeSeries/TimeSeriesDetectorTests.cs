using Ecart.Detection;
using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Detection.Streaming.TimeSeries;

public sealed class TimeSeriesDetectorTests
{
    /// <summary>A score that would be told.</summary>
    private const double Strange = 0.97;

    [Fact]
    public void Score_TooLittleLearned_IsZeroWithoutOpinion()
    {
        var series = new MadeSeries();

        Assert.All(series.Feed(99, () => series.Noise), score => Assert.Equal(0, score));
        Assert.False(series.Detector.HasOpinion);
        Assert.Equal(0, series.Detector.Score(series.Time, 1000));
        series.Feed(1, () => series.Noise);
        Assert.True(series.Detector.HasOpinion);
        Assert.True(series.Detector.Score(series.Time, 1000) > Strange);
    }

    [Fact]
    public void Score_Spike_IsTheHighestAndExplainedByValueAndRange()
    {
        var series = new MadeSeries();
        double[] normal = series.Feed(3000, () => 10 + series.Noise);

        double[] components = series.Explain(25);
        double score = series.Feed(25);

        Assert.True(score > 0.999, $"{score}");
        Assert.True(score > normal[1000..].Max());
        Assert.True(Of(components, TimeSeriesComponent.Value) > 3 && Of(components, TimeSeriesComponent.Range) > 3, string.Join(' ', components));
        Assert.True(Of(components, TimeSeriesComponent.Level) < 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Score_NormalNoise_IsSeldomStrange(ulong seed)
    {
        var series = new MadeSeries(seed: seed);
        series.Feed(500, () => 10 + series.Noise);

        int strange = series.Feed(5000, () => 10 + series.Noise).Count(score => score > 0.99);

        Assert.True(strange <= 10, $"{strange} of 5000");
    }

    [Fact]
    public void Score_LevelShift_IsToldOnceAndBecomesNormal()
    {
        var series = new MadeSeries();
        series.Feed(3000, () => 10 + series.Noise);

        double[] shifted = series.Feed(2000, () => 22 + series.Noise);

        Assert.True(shifted[0] > 0.999, $"{shifted[0]}");
        Assert.InRange(shifted.Count(score => score > Strange), 1, 3);
        Assert.All(shifted[300..], score => Assert.True(score < Strange, $"{score}"));
        Assert.True(series.Detector.Score(series.Time, 34) > Strange, "a spike at the new level");
    }

    [Fact]
    public void Explain_LevelShiftWithinRange_IsLevel()
    {
        var series = new MadeSeries();
        series.Feed(3000, () => (series.Next % 500 == 0 ? 20 : 10) + series.Noise);
        series.Feed(60, () => 13 + series.Noise);

        double[] components = series.Explain(13);

        Assert.Equal(TimeSeriesComponent.Level, Highest(components));
    }

    [Fact]
    public void Score_DailyCourse_KnowsTheHour()
    {
        var series = new MadeSeries();
        double[] normal = series.Feed(14 * 288, () => 100 + (50 * series.Day) + series.Noise);
        series.Feed(72, () => 100 + (50 * series.Day) + series.Noise);

        // At 06:00 the course is at its top; the value that midnight brings is missing it by 50.
        double[] components = series.Explain(100);

        Assert.True(normal[(7 * 288)..].Count(score => score > 0.99) <= 20);
        Assert.True(Of(components, TimeSeriesComponent.Season) > 2, string.Join(' ', components));
        Assert.True(series.Detector.Score(series.Time, 100) > series.Detector.Score(series.Time, 150));
        Assert.True(series.Detector.Score(series.Time, 100) > 0.9);
    }

    [Fact]
    public void Score_QuietWeekends_AreKnownAfterSome()
    {
        var series = new MadeSeries(minutes: 30);
        double Value() => (series.Time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 20 : 100 + (50 * series.Day)) + series.Noise;
        series.Feed(6 * 7 * 48, Value);

        double[] later = series.Feed(4 * 7 * 48, Value);

        Assert.True(later.Count(score => score > 0.99) <= 6, $"{later.Count(score => score > 0.99)}");
    }

    [Fact]
    public void Score_Trend_IsNormal()
    {
        var series = new MadeSeries();
        series.Feed(1000, () => (0.05 * series.Next) + series.Noise);

        int strange = series.Feed(4000, () => (0.05 * series.Next) + series.Noise).Count(score => score > 0.99);

        Assert.True(strange <= 20, $"{strange}");
        Assert.True(series.Detector.Score(series.Time, (0.05 * series.Next) - 60) > series.Detector.Score(series.Time, 0.05 * series.Next));
    }

    [Theory]
    [InlineData(45, 46)]
    [InlineData(0, 1e-9)]
    [InlineData(-1e12, 1e12)]
    public void Score_ConstantStream_IsNormalUntilItMoves(double constant, double moved)
    {
        var series = new MadeSeries();

        Assert.All(series.Feed(2000, () => constant), score => Assert.Equal(0, score));
        Assert.True(series.Detector.Score(series.Time, moved) > Strange);
    }

    [Fact]
    public void Score_StuckSensor_IsToldAndExplainedBySpread()
    {
        var series = new MadeSeries();
        series.Feed(3000, () => 10 + series.Noise);
        double highest = 0, spread = 0;
        var components = new double[6];
        for (int i = 0; i < 100; i++)
        {
            series.Detector.Explain(series.Time, 10.1, components);
            double score = series.Feed(10.1);
            if (score > highest) (highest, spread) = (score, Of(components, TimeSeriesComponent.Spread));
        }

        Assert.True(highest > 0.8, $"{highest}");
        Assert.True(spread > 2, $"{spread}");
    }

    [Fact]
    public void Score_MissingAndIrregularPoints_TeachNothingWrong()
    {
        var detector = new TimeSeriesDetector();
        var noise = new MadeSeries(seed: 9);
        DateTime time = MadeSeries.Start;
        int strange = 0;
        for (int i = 0; i < 6000; i++)
        {
            time = time.AddSeconds(Math.Abs(noise.Noise) * 600);
            double value = i % 7 == 0 ? double.NaN : 10 + (5 * Math.Sin(2 * Math.PI * time.TimeOfDay.TotalDays)) + noise.Noise;
            double score = detector.Score(time, value);
            if (double.IsNaN(value)) Assert.Equal(0, score);
            if (i > 2000 && score > 0.99) strange++;
            detector.Learn(time, value);
        }

        Assert.Equal(6000 - ((6000 + 6) / 7), detector.Learned);
        Assert.True(strange <= 12, $"{strange}");
        Assert.True(detector.Score(time.AddDays(3), 40) > Strange);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e101)]
    public void Score_UnusableValue_NamesIt(double value)
    {
        var detector = new TimeSeriesDetector();

        Assert.Contains("time_series", Assert.Throws<DetectorInputException>(() => detector.Score(MadeSeries.Start, value)).Message, StringComparison.Ordinal);
        Assert.Throws<DetectorInputException>(() => detector.Learn(MadeSeries.Start, value));
        Assert.Throws<DetectorInputException>(() => detector.Explain(MadeSeries.Start, value, new double[6]));
        Assert.Throws<DetectorInputException>(() => detector.Explain(MadeSeries.Start, 1, new double[5]));
        Assert.Equal(0, detector.Learned);
    }

    [Fact]
    public void Score_ExtremeValues_StaysBetweenZeroAndOne()
    {
        var series = new MadeSeries();
        double[] extremes = [0, 1e100, -1e100, 1e-300, -5e-324, 1, 1e15, -1];

        double[] scores = series.Feed(4000, () => series.Next % 3 == 0 ? extremes[series.Next % extremes.Length] : series.Noise);

        Assert.All(scores, score => Assert.InRange(score, 0, 1));
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1024)]
    [InlineData(1e9)]
    public void Score_OtherUnit_IsTheSame(double unit)
    {
        var one = new MadeSeries();
        var other = new MadeSeries();

        double[] scores = one.Feed(3000, () => 10 + one.Noise);
        double[] others = other.Feed(3000, () => unit * (10 + other.Noise));

        for (int i = 0; i < scores.Length; i++) Assert.Equal(scores[i], others[i], 1e-6);
    }

    [Fact]
    public void Score_Repeated_ChangesNothingAndAllocatesNothing()
    {
        var series = new MadeSeries();
        var control = new MadeSeries();
        series.Feed(5000, () => series.Noise);
        control.Feed(5000, () => control.Noise);
        var components = new double[6];
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                DateTime time = series.Time;
                series.Detector.Score(time, i);
                series.Detector.Explain(time, -i, components);
            }

            for (int i = 0; i < 2000; i++)
            {
                double value = series.Noise;
                double score = series.Feed(value);
                if (score != control.Feed(control.Noise)) Assert.Fail($"point {i}");
            }
        }));
        Assert.InRange(series.Detector.Bytes, 100_000, 1_000_000);
    }

    [Fact]
    public void Constructor_OptionOutOfRange_NamesIt() =>
        Assert.Contains("recent_points", Assert.Throws<OptionsException>(() => new TimeSeriesDetector(new TimeSeriesOptions { RecentPoints = 1 })).Message, StringComparison.Ordinal);

    private static double Of(double[] components, TimeSeriesComponent component) => components[(int)component];

    private static TimeSeriesComponent Highest(double[] components) => (TimeSeriesComponent)Array.IndexOf(components, components.Max());
}
