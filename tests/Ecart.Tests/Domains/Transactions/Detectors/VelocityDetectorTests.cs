using Ecart.Domains.Transactions.Detectors;
using Ecart.Scoring;
using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Domains.Transactions.Detectors;

public sealed class VelocityDetectorTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 0, 3, 0)]
    [InlineData(0, 0, 4, 0.15)]
    [InlineData(0, 0, 5, 0.3)]
    [InlineData(30, 60, 6, 0)]
    [InlineData(30, 60, 8, 0.15)]
    [InlineData(30, 60, 11, 0.3)]
    public void Evaluate_EarlierTransactions_CountByTheirChance(int days, int inThisHour, int earlier, double contribution)
    {
        var verdict = Evaluate(days, inThisHour, earlier);

        Assert.Equal(contribution, verdict.Find(EvidenceCode.Velocity)?.Contribution ?? 0);
        if (contribution == 0) return;
        var expected = (inThisHour + (0.25 * 7)) / (days + 7.0);
        var evidence = verdict.Require(EvidenceCode.Velocity);
        Assert.Equal((earlier, expected, Poisson.UpperTail(earlier, expected)), (evidence.Observed, evidence.Expected, evidence.Significance));
    }

    [Fact]
    public void Evaluate_ThresholdsOfChance_AreStrict()
    {
        var chance = Poisson.UpperTail(4, 0.25);

        Assert.Null(Evaluate(0, 0, 4, rare: chance, veryRare: 1e-9).Find(EvidenceCode.Velocity));
        Assert.Equal(0.15, Evaluate(0, 0, 4, rare: 0.5, veryRare: chance).Require(EvidenceCode.Velocity).Contribution);
        Assert.Equal(0.3, Evaluate(0, 0, 4, rare: 0.5, veryRare: chance * 1.0001).Require(EvidenceCode.Velocity).Contribution);
    }

    [Fact]
    public void Score_OneTransactionAMinute_CountsOnlyTheEarlierOnes()
    {
        var run = new EngineRun();
        for (var minute = 0; minute < 8; minute++)
        {
            var verdict = run.Feed(TransactionCase.At(minute));
            Assert.Equal(minute >= 6 ? minute : 0, verdict.Find(EvidenceCode.Velocity)?.Observed ?? 0);
        }

        Assert.Equal(8, run.Score(TransactionCase.At(59.99)).Require(EvidenceCode.Velocity).Observed);
        Assert.Equal(7, run.Score(TransactionCase.At(60)).Require(EvidenceCode.Velocity).Observed);
        Assert.Null(run.Score(TransactionCase.At(64)).Find(EvidenceCode.Velocity));
    }

    private static Verdict Evaluate(int days, int inThisHour, int earlier, double rare = 1e-3, double veryRare = 1e-5) => DetectorCase.Evaluate(
        new VelocityDetector(),
        (ref context) =>
        {
            context.Options = context.Options with { Velocity = context.Options.Velocity with { Rare = rare, VeryRare = veryRare } };
            context.Profile.DaysObserved = days;
            context.Profile.Hours[12] = inThisHour;
            context.Profile.Hours[13] = 500;
            context.EarlierInWindow = earlier;
        });
}
