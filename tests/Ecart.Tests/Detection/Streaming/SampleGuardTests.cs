using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class SampleGuardTests
{
    [Fact]
    public void Weigh_FarOutThenTheRule_IsLittleThenMuchThenOne()
    {
        var guard = new SampleGuard(50);
        var random = new SeededRandom(4);
        for (int i = 0; i < 500; i++) guard.Weigh(random.Between(0.9, 1.2));

        double[] weights = [.. Enumerable.Range(0, 100).Select(_ => guard.Weigh(5))];

        Assert.All(weights[..45], weight => Assert.Equal(0.1, weight));
        Assert.All(weights[55..95], weight => Assert.Equal(4, weight));
        Assert.Equal(1, guard.Weigh(1));
    }
}
