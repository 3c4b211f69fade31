using Ecart.Eval.Simulator;
using Xunit;

namespace Ecart.Eval.Tests.Simulator;

public sealed class ScenarioOutcomeTests
{
    private const int Length = 1000;

    [Fact]
    public void Of_NoAlarm_FindsNothingAndRecoversAtOnce()
    {
        ScenarioOutcome outcome = ScenarioOutcome.Of(Stream(shiftAt: 500), new double[Length], 1);

        Assert.Equal(new ScenarioOutcome(0, 0, 10, 0), outcome);
    }

    [Fact]
    public void Of_TwoAlarmsInAnAttack_AreAnIncidentAtTheSecond()
    {
        var scores = new double[Length];
        scores[902] = scores[905] = 2;
        scores[100] = 2;

        ScenarioOutcome outcome = ScenarioOutcome.Of(Stream(), scores, 1);

        Assert.Equal((1, 5, null), (outcome.DetectedShare, outcome.MeanDelay, outcome.Recovery));
        Assert.Equal(1000.0 / (Length - 30), outcome.FalseAlarmsPerThousand, 1e-9);
    }

    [Fact]
    public void Of_AScoreAtTheThreshold_IsNoAlarm()
    {
        double[] scores = [.. Enumerable.Repeat(1.0, Length)];

        Assert.Equal(0, ScenarioOutcome.Of(Stream(), scores, 1).FalseAlarmsPerThousand);
    }

    [Fact]
    public void Of_AlarmsAfterAShift_AreRecoveryAndNotFalse()
    {
        var scores = new double[Length];
        for (int time = 500; time < 560; time++) scores[time] = 2;

        ScenarioOutcome outcome = ScenarioOutcome.Of(Stream(shiftAt: 500), scores, 1);

        Assert.InRange(outcome.Recovery!.Value, 57, 60);
        Assert.InRange(outcome.FalseAlarmsPerThousand, 0, 4);
    }

    [Fact]
    public void Of_AlarmsForever_NeverRecovers()
    {
        var scores = new double[Length];
        for (int time = 500; time < Length; time++) scores[time] = 2;

        Assert.Equal(400, ScenarioOutcome.Of(Stream(shiftAt: 500), scores, 1).Recovery);
    }

    private static SimulatedStream Stream(int? shiftAt = null) =>
        new([.. Enumerable.Range(0, Length).Select(_ => new float[1])], [new SimulatedAttack(900, 10)], 0, shiftAt);
}
