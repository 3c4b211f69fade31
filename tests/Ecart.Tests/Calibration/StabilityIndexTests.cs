using Ecart.Calibration;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Calibration;

public sealed class StabilityIndexTests
{
    [Fact]
    public void Of_SamplesOfOnePopulation_IsNearZero() => Assert.InRange(StabilityIndex.Of(Normal(1, 2000, 0), Normal(2, 2000, 0)), 0, 0.03);

    [Fact]
    public void Of_ShiftedPopulation_IsLarge() => Assert.True(StabilityIndex.Of(Normal(1, 2000, 0), Normal(2, 2000, 1)) > 0.5);

    [Fact]
    public void Of_RareValueThatBecomesCommon_IsSeen()
    {
        float[] before = [.. Enumerable.Range(0, 1000).Select(i => i % 50 == 0 ? 1f : 0f)];
        float[] now = [.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? 1f : 0f)];

        Assert.True(StabilityIndex.Of(before, now) > 0.5);
    }

    [Fact]
    public void Of_ConstantThatMoves_IsSeen() => Assert.True(StabilityIndex.Of([1, 1, 1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2, 2, 2]) > 0.5);

    [Fact]
    public void Of_NothingOrOneValue_IsUndefinedOrZero()
    {
        Assert.True(double.IsNaN(StabilityIndex.Of([], [1])));
        Assert.Equal(0, StabilityIndex.Of([1, 1], [1, 1]), 12);
    }

    private static float[] Normal(ulong seed, int count, double mean)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(mean + random.NextNormal()))];
    }
}
