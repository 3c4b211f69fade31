using Ecart.Domains.Network;
using Ecart.Embedding;
using Ecart.Scoring;
using Ecart.Tests.Domains.Transactions;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class DailyTargetsTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(600)]
    public void Measure_DistinctTargets_IsRightWithinATenth(int count)
    {
        var targets = new DailyTargets();
        for (int repeat = 0; repeat < 3; repeat++)
            for (int i = 0; i < count; i++) targets.Add(5, FeatureHash.Of($"target {i}"), isFailed: i % 2 == 0);

        (double all, double failed) = DailyTargets.Measure(targets, 5, FeatureHash.Of("target 0"));

        double error = Math.Max(3, 0.1 * count);
        Assert.InRange(all, count - error, count + error);
        Assert.InRange(failed, (count - error) / 2, (count + error) / 2);
    }

    [Fact]
    public void Add_NextDay_BeginsAnew()
    {
        var targets = new DailyTargets();
        for (int i = 0; i < 100; i++) targets.Add(5, FeatureHash.Of($"target {i}"), isFailed: true);
        targets.Add(6, 1, isFailed: false);
        targets.Add(5, 2, isFailed: true);

        Assert.InRange(DailyTargets.Measure(targets, 6, 3).Failed, 0.9, 1.1);
        Assert.Equal((1, 1), DailyTargets.Measure(targets, 5, 3));
    }

    [Fact]
    public void Score_PatientScanner_IsToldTwiceADay()
    {
        var run = new NetworkCase();
        List<Verdict> told = [];
        for (int i = 0; i < 400; i++)
        {
            Verdict verdict = run.Feed(NetworkCase.Flow((-8 * 3600) + (i * 200), $"198.51.100.{1 + (i % 200)}", 1000 + i, "203.0.113.9", ConnectionState.NoAnswer));
            if (verdict.RaisesAlert) told.Add(verdict);
        }

        Assert.Equal(2, told.Count);
        Assert.All(told, static verdict => Assert.Equal(ThreatClass.Scan, ThreatClass.Of(verdict)));
        Assert.InRange(told[0].Require(EvidenceCode.SlowScan).Observed, 100, 120);
    }
}
