using Ecart.Numerics;
using Xunit;

namespace Ecart.Alerting.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void After_ManyFailures_IsUniformBelowADoublingBound()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new SeededRandom(5));
        foreach ((int attempt, double bound) in new[] { (1, 1.0), (2, 2), (4, 8), (7, 60), (1000, 60) })
        {
            double[] waits = [.. Enumerable.Range(0, 2000).Select(_ => backoff.After(attempt, null).TotalSeconds)];

            Assert.All(waits, wait => Assert.InRange(wait, 0, bound));
            Assert.InRange(waits.Average() / bound, 0.47, 0.53);
            Assert.InRange(waits.Min() / bound, 0, 0.01);
        }
    }

    [Fact]
    public void After_TargetAsksForMore_WaitsAtLeastThat()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new SeededRandom(5));

        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(backoff.After(1, TimeSpan.FromSeconds(30)).TotalSeconds, 30, 31));
    }
}
