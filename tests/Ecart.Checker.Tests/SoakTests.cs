using Ecart.Checker.Soak;
using Ecart.Numerics;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Checker.Tests;

public sealed class SoakTests
{
    /// <summary>Seconds say nothing about leaks: this shows that feeding, measuring and counting work.</summary>
    [Fact]
    public async Task Soak_AFewSeconds_FeedsTheShareAndStoresEverything()
    {
        using TestFolder folder = TestFolder.Create("soak");
        var options = new SoakOptions
        {
            Producer = ProducerKind.File,
            Time = TimeSpan.FromSeconds(4),
            Measuring = TimeSpan.FromSeconds(3),
            Interval = TimeSpan.FromSeconds(0.2),
            Load = 0.5,
            Accounts = 100,
        };

        SoakResult result = await SoakRun.RunAsync(
            options, folder.Path, TestContext.Current.SendDiagnosticMessage, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(result.Capacity > 0);
        Assert.Equal(result.Capacity * 0.5, result.Rate);
        Assert.True(result.IsComplete);
        Assert.True(result.Samples is { Count: > 2 });
        Assert.All(result.Samples, sample => Assert.True(sample is { Resident: > 0, Managed: >= 0, Lag: >= 0 }));
        var report = new StringWriter();
        result.Write(report);
        Assert.Contains("\"check\":\"soak\"", report.ToString().TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.9, true)]
    [InlineData(1.1, false)]
    [InlineData(-5, true)]
    public void Trend_SecondHalfGrowsByAShareOfItsMeanAMinute_IsFlatBelowOnePercent(double percentAMinute, bool isFlat)
    {
        // Whatever happens in the first half, here a steep climb, does not count.
        List<(double, double)> points = [.. Enumerable.Range(0, 400).Select(i => i < 200
            ? ((double)i, i * 5.0)
            : (i, 1000 * (1 + (percentAMinute / 100 * (i - 299.5) / 60))))];

        Trend trend = Trend.Of(points);

        Assert.Equal(1000, trend.Mean, 6);
        Assert.Equal(10 * percentAMinute, trend.PerMinute, 6);
        Assert.Equal(isFlat, trend.IsFlat);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public void TrendOfFloor_SawtoothWithARestlessTop_SeesOnlyWhatItFallsBackTo(double percentAMinute, bool isFlat)
    {
        var random = new SeededRandom(7);
        List<(double, double)> points = [.. Enumerable.Range(0, 600).Select(i => (
            i * 2.0,
            (1000 * (1 + (percentAMinute / 100 * (i * 2.0 / 60)))) + (i % 7 * random.Between(0, 200) * (i < 500 ? 1 : 4))))];

        Assert.Equal(isFlat, Trend.OfFloor(points).IsFlat);
    }
}
