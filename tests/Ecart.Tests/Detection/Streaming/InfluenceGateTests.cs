using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class InfluenceGateTests
{
    [Fact]
    public void Weight_TypicalAndFar_IsOneAndLittle()
    {
        var gate = new InfluenceGate(4, 100);

        Assert.Equal(1, gate.Weight(2));
        Assert.Equal(0.0009, gate.Weight(100), 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Limit_HeavyTails_RisesWithThem(int power)
    {
        var gate = new InfluenceGate(1, 100);
        var random = new SeededRandom(2);
        int outliers = 0;
        for (int i = 0; i < 5000; i++)
        {
            double distance = Math.Pow(Math.Abs(random.NextNormal()), power);
            if (gate.IsOutlier(distance)) outliers++;
            gate.Take(distance);
        }

        Assert.InRange(outliers, 0, power == 1 ? 60 : 500);
    }

    [Fact]
    public void Take_UninterruptedOutliers_AreTheRuleAfterTheRecovery()
    {
        var gate = new InfluenceGate(4, 100);
        for (int i = 0; i < 1000; i++) gate.Take(1.5 + (i % 10 * 0.1));
        int taken = 1;
        while (!gate.Take(50) && taken < 1000) taken++;

        Assert.Equal(100, taken);
        Assert.Equal(1, gate.Weight(50));
    }

    [Fact]
    public void Take_AThirdOfOutliers_IsNeverTheRule()
    {
        var gate = new InfluenceGate(4, 100);
        for (int i = 0; i < 5000; i++) Assert.False(gate.Take(i % 3 == 0 ? 50 : 2));
    }
}
