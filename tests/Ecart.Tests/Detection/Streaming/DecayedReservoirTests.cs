using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class DecayedReservoirTests
{
    [Fact]
    public void Offer_WhileThereIsRoom_KeepsEverything()
    {
        var reservoir = new DecayedReservoir(5, 100);
        var random = new SeededRandom(1);

        for (int i = 0; i < 5; i++) Assert.Equal(i, reservoir.Offer(i, random));

        Assert.Equal(5, reservoir.Count);
    }

    [Fact]
    public void Offer_LongStream_KeepsOlderPointsExponentiallyRarer()
    {
        const int Window = 1000;
        var ages = new List<double>();
        for (ulong seed = 0; seed < 200; seed++)
        {
            var reservoir = new DecayedReservoir(50, Window);
            var random = new SeededRandom(seed);
            var kept = new long[50];
            for (long time = 0; time < 10_000; time++)
                if (reservoir.Offer(time, random) is var place and >= 0) kept[place] = time;
            ages.AddRange(kept.Select(time => (double)(10_000 - time)));
        }

        // An exponential distribution: the mean is the window, and a share of 1/e is older than it.
        Assert.Equal(Window, ages.Average(), 0.06 * Window);
        Assert.Equal(1 / Math.E, ages.Count(age => age > Window) / (double)ages.Count, 0.03);
    }

    [Fact]
    public void Offer_MillionsOfPoints_StillTakesNewOnes()
    {
        var reservoir = new DecayedReservoir(10, 20);
        var random = new SeededRandom(1);
        int taken = 0;

        for (long time = 1L << 40; time < (1L << 40) + 2000; time++)
            if (reservoir.Offer(time, random) >= 0) taken++;

        Assert.InRange(taken, 500, 1500);
    }
}
