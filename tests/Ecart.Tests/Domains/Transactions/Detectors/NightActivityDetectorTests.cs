using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions.Detectors;

public sealed class NightActivityDetectorTests
{
    [Theory]
    [InlineData(1, 59.99, 0, false)]
    [InlineData(2, 0, 0, true)]
    [InlineData(5, 59.99, 0, true)]
    [InlineData(6, 0, 0, false)]
    [InlineData(0, 30, 120, true)]
    [InlineData(4, 30, 120, false)]
    [InlineData(21, 0, 330, true)]
    [InlineData(6, 0, -240, true)]
    [InlineData(2, 30, -240, false)]
    public void Score_HourOfTheDay_IsLocal(int utcHour, double minute, short offsetMinutes, bool isNight)
    {
        var verdict = new EngineRun().Score(TransactionCase.At(((utcHour + 12) * 60) + minute, offsetMinutes: offsetMinutes));

        Assert.Equal(isNight ? 0.15 : 0, verdict.Find(EvidenceCode.NightActivity)?.Contribution ?? 0);
    }
}
