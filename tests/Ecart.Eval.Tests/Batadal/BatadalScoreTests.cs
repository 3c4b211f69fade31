using Ecart.Eval.Batadal;
using Xunit;

namespace Ecart.Eval.Tests.Batadal;

public sealed class BatadalScoreTests
{
    [Fact]
    public void Of_OneAttackSeenLateAndOneNever_GivesTheFormula()
    {
        bool[] isAttack = [false, true, true, true, true, false, false, true, true, false];
        bool[] alarms = [true, false, true, true, false, false, false, false, false, false];

        BatadalScore score = BatadalScore.Of(alarms, isAttack);

        Assert.Equal([1, 2], score.Delays);
        Assert.Equal([4, 2], score.Durations);
        Assert.Equal(1 - ((0.25 + 1) / 2), score.TimeToDetection, 1e-12);
        Assert.Equal(2.0 / 6, score.TruePositiveRate, 1e-12);
        Assert.Equal(3.0 / 4, score.TrueNegativeRate, 1e-12);
        Assert.Equal((0.5 * 0.375) + (0.25 * ((2.0 / 6) + 0.75)), score.Total, 1e-12);
    }

    [Fact]
    public void Of_PerfectAlarms_IsOne() => Assert.Equal(1, BatadalScore.Of([true, false, true], [true, false, true]).Total);

    [Fact]
    public void Of_NoAlarm_IsAQuarter() => Assert.Equal(0.25, BatadalScore.Of([false, false, false], [true, false, true]).Total);
}
