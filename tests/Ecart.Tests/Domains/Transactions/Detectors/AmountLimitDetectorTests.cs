using Ecart.Domains.Transactions.Detectors;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions.Detectors;

public sealed class AmountLimitDetectorTests
{
    [Theory]
    [InlineData(10_000, 0, 0)]
    [InlineData(10_000.01, 0.2, 0)]
    [InlineData(50_000, 0.2, 0)]
    [InlineData(50_000.01, 0.2, 0.3)]
    public void Evaluate_Amount_CountsAboveEachLimit(double amount, double high, double veryHigh)
    {
        var verdict = DetectorCase.Evaluate(new AmountLimitDetector(), (ref context) => context.Event = TransactionCase.At(0, amount));

        Assert.Equal(high, verdict.Find(EvidenceCode.HighAmount)?.Contribution ?? 0);
        Assert.Equal(veryHigh, verdict.Find(EvidenceCode.VeryHighAmount)?.Contribution ?? 0);
    }
}
