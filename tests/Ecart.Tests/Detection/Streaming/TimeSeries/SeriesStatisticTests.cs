using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming.TimeSeries;

/// <summary>The fast statistics against plain loops over everything that was learned.</summary>
public sealed class SeriesStatisticTests
{
    private static readonly TimeSeriesOptions Options = new()
    {
        ValueHistory = 120,
        ValueGap = 7,
        RecentPoints = 9,
        ReferencePoints = 50,
        ShapePoints = 6,
        ShapeHistory = 70,
        MinimumPoints = 20,
    };

    [Fact]
    public void Measure_NearestValue_EqualsPlainSearch() => Compare(history => new NearestValue(history, Options), (values, i) =>
    {
        int last = i - Options.ValueGap;
        double nearest = double.PositiveInfinity;
        for (int p = Math.Max(0, last - Options.ValueHistory); p < last; p++) nearest = Math.Min(nearest, Math.Abs(values[p] - values[i]));
        return double.IsInfinity(nearest) ? 0 : nearest;
    });

    [Fact]
    public void Measure_NearestShape_EqualsPlainSearch() => Compare(history => new NearestShape(history, Options), (values, i) =>
    {
        int length = Options.ShapePoints;
        double nearest = double.PositiveInfinity;
        int last = i - (2 * length) + 1;
        for (int p = Math.Max(length - 1, last - Options.ShapeHistory); p < last; p++)
        {
            double sum = 0;
            for (int j = 0; j < length; j++) sum += Math.Pow(values[p - j] - values[i - j], 2);
            nearest = Math.Min(nearest, sum);
        }

        return double.IsInfinity(nearest) ? 0 : Math.Sqrt(nearest / length);
    });

    [Fact]
    public void Measure_SpreadChange_EqualsPlainMeans() => Compare(history => new SpreadChange(history, Options), (values, i) =>
    {
        int from = i - Options.RecentPoints;
        int begin = Math.Max(1, from - Options.ReferencePoints + 1);
        if (from - begin + 1 < 27) return 0;
        double Mean(int first, int last) => Enumerable.Range(first, last - first + 1).Average(j => Math.Abs(values[j] - values[j - 1]));
        double now = Mean(from + 1, i), usual = Mean(begin, from), floor = 1e-3 * (now + usual);
        return Math.Abs(Math.Log((now + floor) / (usual + floor)));
    });

    [Fact]
    public void Measure_LevelShift_EqualsPlainMoments() => Compare(_ => new LevelShift(Options), (values, i) =>
    {
        if (i < 20) return 0;
        double[] sizes = [.. values.Take(20).Select(Math.Abs).Where(size => size > 0).Order()];
        double unit = sizes[sizes.Length / 2];
        int from = i - Options.RecentPoints + 1;
        double[] reference = [.. values[Math.Max(0, from - Options.ReferencePoints)..from].Select(value => Math.Asinh(value / unit))];
        if (reference.Length < 27) return 0;
        double usual = reference.Average();
        double now = values[from..(i + 1)].Average(value => Math.Asinh(value / unit));
        double deviation = Math.Sqrt(reference.Average(value => Math.Pow(value - usual, 2)));
        return Math.Abs(now - usual) / (deviation + (1e-3 * Math.Abs(usual)) + 1e-9);
    });

    [Fact]
    public void Measure_SeasonalResidual_EqualsPlainExpectations()
    {
        var level = 0.0;
        double distance = 0;
        var expected = new Dictionary<(int Day, int Part), (int Visits, double Value)>();
        Compare(_ => new SeasonalResidual(Options), (values, i) =>
        {
            double Of(double residual, int day, int part) =>
                expected.TryGetValue((day, part), out (int, double Value) known) ? Math.Abs(residual - known.Value) : double.PositiveInfinity;
            (int day, int part) = ((int)Time(i).DayOfWeek, (int)(Time(i).TimeOfDay.TotalDays * Options.PartsOfDay));
            double residual = values[i] - (i == 0 ? values[0] : level);
            double nearest = Math.Min(Of(residual, -1, part), Of(residual, day, part));
            double measure = i < 50 || double.IsInfinity(nearest) ? 0 : nearest / Math.Max(distance, 1e-3 * Math.Abs(level));
            if (i == 0) level = values[0];
            distance += Math.Max(0.001, 1.0 / (i + 1)) * ((double.IsInfinity(nearest) ? Math.Abs(residual) : nearest) - distance);
            double share = i == 0 ? 1 : Math.Min(1, (Time(i) - Time(i - 1)).TotalDays * Options.PartsOfDay);
            foreach ((int Day, int Part) slot in new[] { (-1, part), (day, part) })
            {
                (int visits, double value) = expected.GetValueOrDefault(slot);
                double rate = Math.Max(1 - Math.Pow(1 - Options.SeasonRate, share), 1.0 / (visits + 1));
                expected[slot] = (visits + 1, value + (rate * (residual - value)));
            }

            level += Math.Max(0.005, 1.0 / (i + 1)) * (values[i] - level);
            return measure;
        });
    }

    [Fact]
    public void Newest_AfterManyMoves_EqualsWhatWasAdded()
    {
        var sliding = new SlidingValues(13);
        var all = new List<double>();
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(all.TakeLast(13), sliding.All.ToArray());
            Assert.Equal(all.SkipLast(3).TakeLast(Math.Min(5, Math.Max(0, sliding.Count - 3))), sliding.Before(3, 5).ToArray());
            sliding.Add(i);
            all.Add(i);
        }
    }

    /// <summary>Every 50 minutes, sometimes later.</summary>
    private static DateTime Time(int point) => MadeSeries.Start.AddMinutes((50 * point) + (point % 5 == 0 ? 13 : 0));

    private static void Compare(Func<SlidingValues, SeriesStatistic> make, Func<double[], int, double> plain)
    {
        var random = new SeededRandom(2);
        double[] values = [.. Enumerable.Range(0, 600).Select(i => i % 11 == 0 ? 0 : 5 + random.NextNormal() + (i > 300 ? 4 : 0))];
        var history = new SlidingValues(Math.Max(Options.ValueHistory + Options.ValueGap, NearestShape.PointsFor(Options)));
        SeriesStatistic statistic = make(history);
        for (int i = 0; i < values.Length; i++)
        {
            var point = new SeriesPoint(Time(i).Ticks, values[i]);
            Assert.Equal(plain(values, i), statistic.Measure(point), 1e-9);
            statistic.Learn(point);
            history.Add(values[i]);
        }
    }
}
