using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Signals;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Iot;

public sealed class IotEngineTests
{
    private const double Day = 1440;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Score_WeeksOfNormalOperation_FlagsHardlyAnything(ulong seed)
    {
        var run = new IotRun(IotOptions.Default);
        run.Feed(IotCase.Days(28, seed));

        Assert.InRange(run.Flagged.Count, 0, 3);
    }

    [Fact]
    public void Score_OneReadingFarOut_IsFlaggedWithBaselineAndSeries()
    {
        IotRun run = new IotRun(IotOptions.Default).Feed(IotCase.Days(14));

        Verdict verdict = run.Score(IotCase.At(14 * Day, 40));

        Assert.True(verdict.IsAnomaly);
        Assert.Contains(EvidenceCode.ProfileDistance, IotRun.Codes(verdict));
        Assert.Contains(EvidenceCode.TimeSeries, IotRun.Codes(verdict));
        Assert.InRange(verdict.RankScore, 0.99, 1);
        Assert.Contains("temperature", EvidenceText.Describe(verdict.Evidence[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Score_DistanceOfADeviation_GrowsInProportion()
    {
        IotRun run = new IotRun(IotOptions.Default).Feed(IotCase.Days(14));

        double[] distances = [.. new[] { 30.0, 40, 60 }.Select(value => run.Score(IotCase.At(14 * Day, value)).DistanceToProfile)];

        Assert.InRange((distances[2] - distances[1]) / (distances[1] - distances[0]), 1.9, 2.1);
    }

    [Fact]
    public void Learn_SlowDriftAfterTheBaseline_IsNotLearned()
    {
        IotRun run = new IotRun(IotOptions.Default).Feed(IotCase.Days(7.5));
        SignalState signal = run.Engine.State.Devices.All.Single().FindSignal("temperature")!;
        (SignalBaseline? baseline, DistanceProfile? profile) = (signal.Baseline, signal.Profile);
        Assert.NotNull(profile);

        run.Feed(IotCase.Days(20, 2, 7.5 * Day, minute => minute / Day * 0.3));

        Assert.Same(baseline, signal.Baseline);
        Assert.Same(profile, signal.Profile);
        Assert.True(run.Score(IotCase.At(27.5 * Day, 26)).DistanceToProfile > profile.Critical);
        Assert.InRange(run.Flagged.Count, 1, 40);
    }

    [Fact]
    public void Learn_HoursOfTheDay_AreExpected()
    {
        IotRun run = new IotRun(IotOptions.Default).Feed(IotCase.Days(8));
        SignalBaseline baseline = run.Engine.State.Devices.All.Single().FindSignal("temperature")!.Baseline!;

        Assert.NotNull(baseline.HourEffects);
        Assert.InRange(baseline.Scale, 0.15, 0.35);
        Assert.InRange(baseline.EffectAt(IotCase.Start.AddHours(12).Ticks), 1.6, 2.1);
        Assert.InRange(baseline.Residual(IotCase.Start.AddHours(12).Ticks, 22), -1, 1);
        Assert.InRange(baseline.Residual(IotCase.Start.AddHours(0).Ticks, 22), 9, 30);
    }

    [Fact]
    public void Score_GenuineShift_TheSeriesForgivesIt()
    {
        IotRun run = new IotRun(IotOptions.Default).Feed(IotCase.Days(10));
        run.Feed(IotCase.Days(10, 2, 10 * Day, _ => 5));
        int told = run.CountOf(EvidenceCode.TimeSeries);

        run.Feed(IotCase.Days(5, 3, 20 * Day, _ => 5));

        Assert.Equal(told, run.CountOf(EvidenceCode.TimeSeries));
    }

    [Fact]
    public void Score_EpisodeThatGoesOn_IsToldEverLessOften()
    {
        IotRun run = new IotRun(IotOptions.Default).Feed(IotCase.Days(10));
        int before = run.CountOf(EvidenceCode.ProfileDistance);
        run.Feed(IotCase.Days(4, 2, 10 * Day, _ => 20));

        // At once, then after 1, 2, 4, 8, 16 hours, then daily.
        Assert.InRange(run.CountOf(EvidenceCode.ProfileDistance) - before, 7, 8);
        Assert.False(run.Score(IotCase.At(14 * Day, 40)).IsLearned);
        Assert.InRange(run.Score(IotCase.At(14 * Day, 40)).RankScore, 0.01, 1);
    }

    [Fact]
    public void Score_StuckSensor_IsToldOnlyWhereTheHistoryMakesItImplausible()
    {
        IotRun noisy = new IotRun().Feed(IotCase.Days(2));
        for (int i = 0; i < 20; i++) noisy.Feed(IotCase.At((2 * Day) + (5 * i), 20.123));
        Assert.Equal(1, noisy.CountOf(EvidenceCode.StuckSensor));

        var coarse = new IotRun();
        foreach (IotMeasurement fine in IotCase.Days(2)) coarse.Feed(IotCase.At((fine.OccurredAt - IotCase.Start).TotalMinutes, Math.Round(fine.Value / 2) * 2));
        for (int i = 0; i < 20; i++) coarse.Feed(IotCase.At((2 * Day) + (5 * i), 20));
        Assert.Equal(0, coarse.CountOf(EvidenceCode.StuckSensor));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("°C")]
    public void Score_FahrenheitWithoutSaying_IsAUnitChange(string? unit)
    {
        IotRun run = new IotRun().Feed(IotCase.Days(3));

        Verdict verdict = run.Score(IotCase.At(3 * Day, 64.4, unit: unit));

        Assert.Equal([EvidenceCode.UnitChange], IotRun.Codes(verdict));
        Assert.True(verdict.IsAnomaly);
        Assert.Equal("°F", verdict.Evidence[0].Subject);
        Assert.InRange(verdict.LearnedValue, 17.9, 18.1);
    }

    [Fact]
    public void Score_FahrenheitThatSaysSo_IsConverted()
    {
        IotRun run = new IotRun().Feed(IotCase.Days(3));

        Verdict verdict = run.Score(IotCase.At(3 * Day, 64.4, unit: "°F"));

        Assert.Empty(IotRun.Codes(verdict));
        Assert.InRange(verdict.LearnedValue, 17.9, 18.1);
    }

    [Fact]
    public void Score_UnitThatCannotBeConverted_IsToldAndAfterAWhileLearnedAnew()
    {
        IotRun run = new IotRun().Feed(IotCase.Days(3));

        Verdict first = run.Feed(IotCase.At(3 * Day, 3, unit: "bar"));
        Assert.Equal([EvidenceCode.UnitChange], IotRun.Codes(first));
        Assert.True(double.IsNaN(first.LearnedValue));
        Assert.InRange(first.RankScore, 0.4, 1);
        for (int i = 1; i < 20; i++) run.Feed(IotCase.At((3 * Day) + (5 * i), 3, unit: "bar"));
        Verdict later = run.Feed(IotCase.At((3 * Day) + 100, 3, unit: "bar"));

        Assert.Empty(IotRun.Codes(later));
        Assert.Equal(3, later.LearnedValue);
        // At once and after an hour.
        Assert.Equal(2, run.CountOf(EvidenceCode.UnitChange));
    }

    [Fact]
    public void Score_LongSilence_IsToldOnceAndIrregularSamplingIsNot()
    {
        IotRun regular = new IotRun().Feed(IotCase.Days(2));
        Verdict verdict = regular.Feed(IotCase.At((2 * Day) + 300, 19.5));
        Assert.Equal([EvidenceCode.Gap], IotRun.Codes(verdict));
        Assert.False(verdict.IsAnomaly);
        Assert.True(verdict.IsLearned);

        var irregular = new IotRun();
        var random = new Ecart.Numerics.SeededRandom(5);
        double minute = 0;
        for (int i = 0; i < 2000; i++) irregular.Feed(IotCase.At(minute += Math.Exp(2 * random.NextNormal()), 20 + random.NextNormal()));
        Assert.Equal(0, irregular.CountOf(EvidenceCode.Gap));
    }

    [Fact]
    public void Score_ClockThatRanAheadAndIsSetBack_MakesNothingLate()
    {
        IotRun run = new IotRun().Feed(IotCase.Days(2));
        run.Feed(IotCase.At(400 * Day, 20));

        Verdict back = run.Feed(IotCase.At((2 * Day) + 5, 18));
        Verdict next = run.Feed(IotCase.At((2 * Day) + 10, 18));
        Verdict old = run.Feed(IotCase.At(-100, 18));

        Assert.False(back.IsLate);
        Assert.Contains(EvidenceCode.ClockJump, IotRun.Codes(back));
        Assert.False(next.IsLate);
        Assert.DoesNotContain(EvidenceCode.ClockJump, IotRun.Codes(next));
        Assert.True(old.IsLate);
        Assert.True(double.IsNaN(old.Score));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e31)]
    public void Score_ValueThatIsNone_IsRefusedByName(double value)
    {
        var error = Assert.Throws<ArgumentException>(() => new IotRun().Score(IotCase.At(0, value)));

        Assert.Contains("value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_ExtremeAndConstantValues_GivesFiniteNumbers()
    {
        double[] values = [0, 0, 0, 1e30, -1e30, 1e-300, 0, 1, 0];
        var run = new IotRun(new IotOptions { Baseline = new() { Days = 0.01, Measurements = 60 } });
        for (int i = 0; i < 3000; i++)
        {
            double value = i < 2000 ? i % 400 < 200 ? 0 : 7 : values[i % values.Length];
            Verdict verdict = run.Feed(IotCase.At(i, value, signal: i % 2 == 0 ? "a" : "b"));
            Assert.All(verdict.Embedding, part => Assert.InRange(part, -IotLayout.Limit, IotLayout.Limit));
            Assert.InRange(verdict.Score, 0, 1);
            Assert.InRange(verdict.RankScore, 0, 1);
            Assert.False(double.IsInfinity(verdict.DistanceToProfile));
        }
    }

    [Fact]
    public void Score_MoreSignalsThanAllowed_AreStoredAndNotRemembered()
    {
        var run = new IotRun(new IotOptions { MaximumSignals = 3 });
        for (int i = 0; i < 50; i++) run.Feed(IotCase.At(i, i, signal: $"s{i % 5}"));

        Assert.Equal(["s0", "s1", "s2"], run.Engine.State.Devices.All.Single().Signals.Keys.Order());
    }

    [Fact]
    public void Label_FaultInTheBaseline_IsTakenOutAgain()
    {
        IotMeasurement[] normal = [.. IotCase.Days(0.5)];
        IotRun with = new IotRun().Feed(normal);
        IotMeasurement odd = IotCase.At(721, 23);
        with.Feed(odd);
        long before = with.Engine.State.Devices.All.Single().FindSignal("temperature")!.Learning!.ValueCount;

        with.Label(odd.EventUid, isAnomaly: true);
        Assert.Equal(before - 1, with.Engine.State.Devices.All.Single().FindSignal("temperature")!.Learning!.ValueCount);
        with.Label(odd.EventUid, isAnomaly: false);
        Assert.Equal(before, with.Engine.State.Devices.All.Single().FindSignal("temperature")!.Learning!.ValueCount);
    }

    [Fact]
    public void Score_RulesAndExceptions_CanAskForTheDomainsFields()
    {
        var options = new IotOptions
        {
            Rules = [new() { Name = "hot", Expression = "signal = 'temperature' and value > 30 and count(device, 1h) >= 1", Contribution = 0.6 }],
        };
        IotRun run = new IotRun(options).Feed(IotCase.Days(0.1));

        Verdict verdict = run.Score(IotCase.At(150, 31));

        Assert.Equal([EvidenceCode.Rule], IotRun.Codes(verdict));
        Assert.True(verdict.IsAnomaly);
    }
}
