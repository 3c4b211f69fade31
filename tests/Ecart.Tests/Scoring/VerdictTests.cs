using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Scoring;

public sealed class VerdictTests
{
    [Fact]
    public void Clear_UsedVerdict_IsAsNewButForItsVector()
    {
        var verdict = new Verdict(3)
        {
            EmbeddingVersion = 1,
            ConfigurationVersion = 2,
            Score = 0.9,
            RankScore = 0.8,
            DistanceToProfile = 0.7,
            Surprise = 0.6,
            LearnedDistance = 0.5,
            LearnedValue = 0.4,
            IsAnomaly = true,
            Severity = Severity.Critical,
            IsLate = true,
            IsLearned = true,
            SuppressedBy = 5,
        };
        verdict.Statistics[0] = 3;
        verdict.Add(new Evidence(EvidenceCode.Rule, 1, 1, 1, 1, 1, "x"));

        verdict.Clear();

        Assert.Equal((0, 0, 0, 0), (verdict.EmbeddingVersion, verdict.ConfigurationVersion, verdict.Score, verdict.RankScore));
        Assert.Equal((double.NaN, 0, double.NaN, double.NaN), (verdict.DistanceToProfile, verdict.Surprise, verdict.LearnedDistance, verdict.LearnedValue));
        Assert.Equal((false, Severity.None, false, false, 0), (verdict.IsAnomaly, verdict.Severity, verdict.IsLate, verdict.IsLearned, verdict.SuppressedBy));
        Assert.All(verdict.Statistics, statistic => Assert.Equal(double.NaN, statistic));
        Assert.True(verdict.Evidence.IsEmpty);
    }

    [Fact]
    public void Add_MoreThanItHolds_KeepsTheFirst()
    {
        var verdict = new Verdict(1);
        for (var i = 0; i < Verdict.MaximumEvidence + 4; i++) verdict.Add(new Evidence(EvidenceCode.Rule, 0, i, 0, 0, 0, null));

        Assert.Equal(Enumerable.Range(0, Verdict.MaximumEvidence).Select(i => (double)i), verdict.Evidence.ToArray().Select(evidence => evidence.Observed));
    }

    [Theory]
    [InlineData(true, 0, true)]
    [InlineData(true, 7, false)]
    [InlineData(false, 0, false)]
    public void RaisesAlert_AnomalyNotSilenced_IsTrue(bool isAnomaly, long suppressedBy, bool expected) =>
        Assert.Equal(expected, new Verdict(1) { IsAnomaly = isAnomaly, SuppressedBy = suppressedBy }.RaisesAlert);
}
