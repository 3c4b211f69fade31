using System.Buffers;
using Ecart.Domains.Iot.Outlook;
using Ecart.Numerics;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Domains.Iot.Outlook;

public sealed class DistanceTrendTests
{
    private static readonly DateTime Begin = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);
    private static readonly OutlookOptions Options = new();

    [Fact]
    public void Add_NextHour_ClosesWithTheMedian()
    {
        var trend = new DistanceTrend();
        foreach (double distance in (double[])[5, 1, 3]) Assert.False(trend.Add(Begin, distance, Options));

        Assert.True(trend.Add(Begin.AddHours(2), 9, Options));

        Assert.Equal([HourOf(Begin)], trend.Hours.ToArray());
        Assert.Equal([3f], trend.Medians.ToArray());
    }

    [Fact]
    public void Add_ClosedHour_ChangesNothing()
    {
        DistanceTrend trend = Random(50, 4);
        byte[] before = Bytes(trend);

        Assert.False(trend.Add(Begin, 1000, Options));

        Assert.Equal(before, Bytes(trend));
    }

    [Fact]
    public void Add_ManyInAnHour_KeepsFewAndTheMedianStaysNear()
    {
        var random = new SeededRandom(1);
        var trend = new DistanceTrend();
        for (int i = 0; i < 36_000; i++) trend.Add(Begin.AddMilliseconds(100 * i), 10 + random.NextNormal(), Options);
        Assert.InRange(trend.Bytes, 0, 2_000);

        trend.Add(Begin.AddHours(1), 10, Options);

        Assert.InRange(trend.Medians[0], 9.7f, 10.3f);
    }

    [Fact]
    public void Add_Years_HoldsTheWindowAlone()
    {
        DistanceTrend trend = Random(24 * 400, 1);

        Assert.InRange(trend.Hours.Length, Options.WindowHours, Options.WindowHours + Options.ConfirmHours);
        Assert.InRange(trend.Bytes, 0, 16_000);
    }

    [Fact]
    public void Baseline_DailyCourse_IsLearnedAndThenStays()
    {
        var trend = new DistanceTrend();
        for (int hour = 0; hour <= 200; hour++) trend.Add(Begin.AddHours(hour), 5 + Math.Sin(2 * Math.PI * hour / 24), Options);
        TrendBaseline baseline = trend.Baseline!;
        for (int hour = 201; hour <= 400; hour++) trend.Add(Begin.AddHours(hour), 50, Options);

        Assert.Same(baseline, trend.Baseline);
        Assert.Equal(5, baseline.Level, 0.01);
        Assert.Equal(1, baseline.Effects[6], 0.01);
        Assert.Equal(-1, baseline.Effects[18], 0.01);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(2000)]
    public void Read_WhatWasWritten_GoesOnAsTheOriginal(int hours)
    {
        DistanceTrend original = Random(hours, 7);
        var restored = new DistanceTrend();
        var reader = new StateReader(Bytes(original));
        restored.Read(ref reader);
        reader.RequireEnd();

        for (int i = 0; i < 500; i++)
        {
            DateTime at = Begin.AddHours(hours).AddMinutes(7 * i);
            Assert.Equal(original.Add(at, i % 13, Options), restored.Add(at, i % 13, Options));
        }

        Assert.Equal(Bytes(original), Bytes(restored));
    }

    private static int HourOf(DateTime at) => (int)((at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerHour);

    private static DistanceTrend Random(int hours, int perHour)
    {
        var random = new SeededRandom(3);
        var trend = new DistanceTrend();
        for (int i = 0; i < hours * perHour; i++) trend.Add(Begin.AddHours((double)i / perHour), random.Between(0, 9), Options);
        return trend;
    }

    private static byte[] Bytes(DistanceTrend trend)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(buffer);
        trend.Write(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
