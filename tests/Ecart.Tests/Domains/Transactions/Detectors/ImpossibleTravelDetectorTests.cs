using Ecart.Domains.Transactions;
using Ecart.Domains.Transactions.Detectors;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions.Detectors;

public sealed class ImpossibleTravelDetectorTests
{
    [Theory]
    [InlineData(99.9, 0.1, false)]
    [InlineData(100, 6.6, true)]
    [InlineData(100, 6.7, false)]
    [InlineData(900, 60, false)]
    [InlineData(900.1, 60, true)]
    [InlineData(9000, 599, true)]
    [InlineData(9000, 601, false)]
    public void Evaluate_BothPositions_SpeedAbove900OverAtLeast100Km(double km, double minutes, bool isImpossible)
    {
        var verdict = Evaluate(km, minutes, isOtherCountry: true);

        Assert.Equal(isImpossible, verdict.Find(EvidenceCode.ImpossibleTravel) is not null);
        if (!isImpossible) return;
        var evidence = verdict.Require(EvidenceCode.ImpossibleTravel);
        Assert.Equal((0.5, km, minutes), (evidence.Contribution, evidence.Expected, evidence.Significance));
        Assert.Equal(km / Math.Max(1, minutes) * 60, evidence.Observed, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Evaluate_LessThanAMinute_IsTakenForAMinute(double minutes) =>
        Assert.Equal(12_000, Evaluate(200, minutes, false).Require(EvidenceCode.ImpossibleTravel).Observed, 1e-9);

    [Theory]
    [InlineData(0, true)]
    [InlineData(119.99, true)]
    [InlineData(120, false)]
    public void Evaluate_NoPosition_AnotherCountryStrictlyWithin120Minutes(double minutes, bool isImpossible) =>
        Assert.Equal(isImpossible, Evaluate(double.NaN, minutes, true).Find(EvidenceCode.ImpossibleTravel) is not null);

    [Fact]
    public void Evaluate_NoPositionAndNoOtherCountry_HasNoOpinion() => Assert.True(Evaluate(double.NaN, 1, false).Evidence.IsEmpty);

    [Theory]
    [InlineData("FR", "US", true)]
    [InlineData("FR", "FR", false)]
    [InlineData(null, "US", false)]
    [InlineData("FR", null, false)]
    public void Score_Countries_UnknownHasNoOpinion(string? first, string? second, bool isImpossible)
    {
        var run = new EngineRun();
        run.Feed(TransactionCase.At(0, country: first, channel: TransactionChannel.Pos));

        var verdict = run.Score(TransactionCase.At(30, country: second, channel: TransactionChannel.Atm));

        Assert.Equal(isImpossible, verdict.Find(EvidenceCode.ImpossibleTravel) is not null);
    }

    [Theory]
    [InlineData(TransactionChannel.Pos, true)]
    [InlineData(TransactionChannel.Atm, true)]
    [InlineData(TransactionChannel.Online, false)]
    [InlineData(TransactionChannel.Wire, false)]
    [InlineData(TransactionChannel.Mobile, false)]
    public void Score_Channel_OnlyWhereTheCardIsPresent(TransactionChannel channel, bool isImpossible)
    {
        var run = new EngineRun();
        run.Feed(TransactionCase.At(0, country: "FR", channel: TransactionChannel.Pos));
        Assert.Equal(isImpossible, run.Score(TransactionCase.At(30, country: "US", channel: channel)).Find(EvidenceCode.ImpossibleTravel) is not null);

        run = new EngineRun();
        run.Feed(TransactionCase.At(0, country: "FR", channel: channel));
        var second = run.Score(TransactionCase.At(30, country: "US", channel: TransactionChannel.Pos));
        Assert.Equal(isImpossible, second.Find(EvidenceCode.ImpossibleTravel) is not null);
    }

    [Fact]
    public void Score_LateEvent_IsHeldAgainstThePlaceBeforeItInEventTime()
    {
        var run = new EngineRun();
        run.Feed(TransactionCase.At(0, channel: TransactionChannel.Pos, latitude: 48.86, longitude: 2.35));
        run.Feed(TransactionCase.At(600, channel: TransactionChannel.Pos, latitude: 40.71, longitude: -74.01));

        var late = run.Feed(TransactionCase.At(30, channel: TransactionChannel.Pos, latitude: 40.71, longitude: -74.01));

        var evidence = late.Require(EvidenceCode.ImpossibleTravel);
        Assert.Equal(30, evidence.Significance);
        Assert.Equal(5837, evidence.Expected, 5.0);
    }

    private static Verdict Evaluate(double km, double minutes, bool isOtherCountry) => DetectorCase.Evaluate(
        new ImpossibleTravelDetector(),
        (ref context) =>
        {
            context.HasPreviousPlace = true;
            context.KmFromPlace = km;
            context.MinutesSincePlace = minutes;
            context.IsOtherCountry = isOtherCountry;
        });
}
