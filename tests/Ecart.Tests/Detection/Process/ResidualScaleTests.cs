using Ecart.Detection.Process;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Process;

public sealed class ResidualScaleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Of_Residuals_AveragesLikeAPlainLoop(int window)
    {
        double[] residuals = Wander(300, 0.5);
        var averaged = new double[residuals.Length];

        ResidualScale.Of(residuals, window, 0, averaged);

        for (int i = 0; i < residuals.Length; i++)
            Assert.Equal(residuals[Math.Max(0, i + 1 - window)..(i + 1)].Average(), averaged[i], 1e-9);
    }

    [Fact]
    public void Of_NoiseAndAWanderer_TrustsTheNoiseMore()
    {
        ResidualScale noise = Of(Wander(4000, 0), 8);
        ResidualScale wanderer = Of(Wander(4000, 0.99), 8);

        Assert.InRange(noise.Spread, 0.3, 0.5);
        Assert.InRange(noise.Freedom, 300, 500);
        Assert.InRange(wanderer.Freedom, 1, 80);
        Assert.True(wanderer.Evidence(5 * wanderer.Spread) < noise.Evidence(5 * noise.Spread));
    }

    [Fact]
    public void Of_ConstantResiduals_IsDefined()
    {
        ResidualScale scale = Of(new double[40], 8);

        Assert.True(double.IsFinite(scale.Spread) && scale.Spread > 0 && scale.Freedom >= 1);
        Assert.Equal(0, scale.Evidence(0));
        Assert.InRange(scale.Evidence(8), 7, ResidualScale.Most);
    }

    [Theory]
    [InlineData(1, 12.706, 1.96)]
    [InlineData(5, 2.571, 1.96)]
    [InlineData(30, 3.646, 3.29)]
    [InlineData(1000, 3.300, 3.29)]
    public void Evidence_QuantileOfStudent_IsThatOfTheNormalDistribution(double freedom, double deviation, double expected) =>
        Assert.Equal(expected, new ResidualScale(1, freedom).Evidence(deviation), 0.12);

    [Fact]
    public void Evidence_LargerDeviation_IsNeverLess()
    {
        var scale = new ResidualScale(0.7, 3);
        double before = 0;
        for (double deviation = 0; deviation < 1000; deviation += 0.5)
        {
            double evidence = scale.Evidence(-deviation);
            Assert.InRange(evidence, before, ResidualScale.Most);
            before = evidence;
        }
    }

    private static ResidualScale Of(double[] residuals, int window) => ResidualScale.Of(residuals, window, 0, new double[residuals.Length]);

    private static double[] Wander(int length, double memory)
    {
        var random = new SeededRandom(4);
        var values = new double[length];
        for (int i = 0; i < length; i++) values[i] = ((i > 0 ? values[i - 1] : 0) * memory) + (Math.Sqrt(1 - (memory * memory)) * random.NextNormal());
        return values;
    }
}
