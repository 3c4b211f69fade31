using Ecart.Domains.Iot.Outlook;
using Ecart.Numerics;
using Ecart.Profiles;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Domains.Iot.Outlook;

public sealed class OutlookEstimatorTests
{
    private const double Warning = 5;
    private const double Critical = 8;
    private static readonly DateTime Begin = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);
    private static readonly OutlookOptions Options = new();

    [Fact]
    public void Estimate_SteadyRise_SaysWhenItIsCritical()
    {
        // 0.02 an hour from hour 300 on: at hour 450 it is at 5 of 2 + 6, and critical at hour 600.
        DistanceTrend trend = Record(450, hour => 2 + (0.02 * Math.Max(0, hour - 300)), noise: 0.2);

        DeviceOutlook outlook = new OutlookEstimator(Options).Estimate(trend, 6, Critical);

        Assert.Equal(DeviceStatus.Degrading, outlook.Status);
        Assert.InRange(outlook.FittedNow, 4.5, 5.3);
        Assert.True(outlook.SlopePerHour > 0 && outlook.PValue < 0.01);
        Assert.NotNull(outlook.HoursToFailure);
        Assert.InRange(150, outlook.HoursAtLeast!.Value, outlook.HoursAtMost!.Value);
        Assert.InRange(outlook.HoursToFailure.Value, 75, 225);
        Assert.InRange(outlook.Ratio!.Value, 2.2, 2.8);
    }

    [Fact]
    public void Estimate_HealthyWithADailyCourse_SeesNoFailure()
    {
        int announced = 0;
        var estimator = new OutlookEstimator(Options);
        for (ulong seed = 1; seed <= 40; seed++)
        {
            DistanceTrend trend = Record(700, hour => 2 + Math.Sin(2 * Math.PI * hour / 24), noise: 0.3, seed);
            DeviceOutlook outlook = estimator.Estimate(trend, Warning, Critical);
            Assert.Equal(DeviceStatus.Normal, outlook.Status);
            if (outlook.HoursToFailure is not null) announced++;
        }

        Assert.Equal(0, announced);
    }

    [Theory]
    [InlineData(4.0, DeviceStatus.Normal)]
    [InlineData(6.0, DeviceStatus.Warning)]
    [InlineData(9.0, DeviceStatus.Critical)]
    public void Estimate_ByTheFittedValue_WarningAndCritical(double level, DeviceStatus expected)
    {
        DistanceTrend trend = Record(400, hour => hour < 370 ? 2 : level, noise: 0.05);

        DeviceOutlook outlook = new OutlookEstimator(Options with { Significance = 0.000001 }).Estimate(trend, Warning, Critical);

        Assert.Equal(expected, outlook.Status);
        if (expected == DeviceStatus.Critical) Assert.Equal(0, outlook.HoursToFailure);
    }

    [Fact]
    public void Estimate_FallingTowardsNormal_IsNoDrift()
    {
        DistanceTrend trend = Record(500, hour => hour < 200 ? 2 : 4.5 - (0.005 * (hour - 200)), noise: 0.1);

        DeviceOutlook outlook = new OutlookEstimator(Options with { WindowHours = 250 }).Estimate(trend, Warning, Critical);

        Assert.Equal(DeviceStatus.Normal, outlook.Status);
        Assert.True(outlook.SlopePerHour < 0);
        Assert.Null(outlook.HoursToFailure);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(30, 0)]
    [InlineData(1000, 0)]
    [InlineData(1000, 3)]
    public void Estimate_ConstantDistance_IsDefined(int hours, double distance)
    {
        DistanceTrend trend = Record(hours, _ => distance, noise: 0);

        DeviceOutlook outlook = new OutlookEstimator(Options).Estimate(trend, Warning, Critical);

        Assert.Equal(DeviceStatus.Normal, outlook.Status);
        Assert.Null(outlook.HoursToFailure);
        Assert.False(outlook.SlopePerHour is { } slope && !double.IsFinite(slope));
        if (distance == 0) Assert.Null(outlook.Ratio);
    }

    [Fact]
    public void Estimate_GapsAndJumpsOfEveryKind_NeverGivesNaN()
    {
        var estimator = new OutlookEstimator(Options);
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var random = new SeededRandom(seed);
            var trend = new DistanceTrend();
            DateTime at = Begin;
            double level = 2;
            for (int i = 0; i < 800; i++)
            {
                at = at.AddMinutes(random.Chance(0.01) ? random.Between(0, 20_000) : random.Between(0, 90));
                if (random.Chance(0.02)) level = random.Between(0, 12);
                trend.Add(at, random.Chance(0.01) ? 1e12 : level + (0.2 * Math.Abs(random.NextNormal())), Options);
            }

            DeviceOutlook outlook = estimator.Estimate(trend, Warning, Critical);
            foreach (double? figure in (double?[])[outlook.SlopePerHour, outlook.PValue, outlook.HoursToFailure, outlook.HoursAtLeast, outlook.HoursAtMost, outlook.Ratio])
                Assert.True(figure is null || double.IsFinite(figure.Value), $"seed {seed}: {outlook}");
            if (outlook.HoursToFailure is { } left) Assert.True(outlook.HoursAtLeast <= left && (outlook.HoursAtMost is null || outlook.HoursAtMost >= left));
        }
    }

    [Fact]
    public void Estimate_Warm_AllocatesNothing()
    {
        DistanceTrend trend = Record(600, hour => 2 + (0.02 * Math.Max(0, hour - 300)), noise: 0.2);
        var estimator = new OutlookEstimator(Options);

        Assert.Equal(0, Allocation.Of(() => estimator.Estimate(trend, 6, 20)));
    }

    [Fact]
    public void Constructor_OptionOutOfRange_NamesIt()
    {
        OptionsException error = Assert.Throws<OptionsException>(() => new OutlookEstimator(new OutlookOptions { Certainty = 0.2 }));
        Assert.Contains("outlook.certainty", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Four distances an hour.</summary>
    private static DistanceTrend Record(int hours, Func<int, double> level, double noise, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        var trend = new DistanceTrend();
        for (int i = 0; i <= 4 * hours; i++) trend.Add(Begin.AddMinutes(15 * i), Math.Max(0, level(i / 4) + (noise * random.NextNormal())), Options);
        return trend;
    }
}
