using Ecart.Detection;
using Ecart.Domains.Transactions.Detectors;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions.Detectors;

public sealed class EntityHistoryDetectorTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    [InlineData(10, 1)]
    [InlineData(10, 3)]
    [InlineData(10, 10)]
    [InlineData(200, 2)]
    public void Evaluate_Merchant_FollowsTheFormula(int events, int frauds)
    {
        var rate = (frauds + (10 * 0.02)) / (events + 10.0);
        var contribution = 0.5 * Math.Clamp((rate - 0.02) / 0.3, 0, 1);

        var verdict = Evaluate(new EntityRisk(events, frauds), default, default);

        Assert.Equal(contribution, verdict.Find(EvidenceCode.EntityHistory)?.Contribution ?? 0, 1e-12);
        if (contribution > 0) Assert.Equal(rate, verdict.Require(EvidenceCode.EntityHistory).Significance, 1e-12);
    }

    [Theory]
    [InlineData(3, 2, 1, "merchant")]
    [InlineData(1, 3, 2, "device")]
    [InlineData(1, 2, 3, "ip")]
    public void Evaluate_SeveralEntities_TakesTheWorst(int merchant, int device, int address, string subject)
    {
        var verdict = Evaluate(new EntityRisk(10, merchant), new EntityRisk(10, device), new EntityRisk(10, address));

        Assert.Equal(1, verdict.Evidence.Length);
        Assert.Equal((subject, 3), (verdict.Evidence[0].Subject, verdict.Evidence[0].Observed));
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(36, true)]
    [InlineData(37, false)]
    public void Score_DaysSinceTheFraud_CountFromTheLabelDelayForThirtyDays(int days, bool counts)
    {
        var run = new EngineRun();
        for (var i = 0; i < 5; i++)
        {
            run.Feed(TransactionCase.At(i, account: $"V{i}", merchant: "bad"));
            run.Label(FormattableString.Invariant($"V{i}-{i}"), isFraud: true);
        }

        var verdict = run.Score(TransactionCase.At(days * 1440, account: "X", merchant: "bad"));

        Assert.Equal(counts, verdict.Find(EvidenceCode.EntityHistory) is not null);
        Assert.Null(run.Score(TransactionCase.At(days * 1440, account: "X", merchant: "good")).Find(EvidenceCode.EntityHistory));
    }

    private static Verdict Evaluate(EntityRisk merchant, EntityRisk device, EntityRisk address) => DetectorCase.Evaluate(
        new EntityHistoryDetector(),
        (ref context) => (context.Merchant, context.Device, context.Address) = (merchant, device, address));
}
