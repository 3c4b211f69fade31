using Ecart.Detection;
using Xunit;

namespace Ecart.Tests.Detection;

public sealed class ClusterDistanceTests
{
    private static readonly BehaviorCluster Small = new("small", [0, 0, 0, 0], 0.5, 1);
    private static readonly BehaviorCluster Large = new("large", [10, 0, 0, 0], 8, 1);

    [Fact]
    public void Measure_NoClusterOfTheVersion_HasNoOpinion()
    {
        var distance = ClusterDistance.Measure([Small with { EmbeddingVersion = 2 }], [0f, 0], 1);

        Assert.Equal((double.NaN, null, false), (distance.Margin, distance.Nearest, distance.IsInside));
    }

    [Theory]
    [InlineData(0.2, -0.3, "small", true)]
    [InlineData(1, 0.5, "small", false)]
    [InlineData(1.9, 0.1, "large", false)]
    [InlineData(3, -1, "large", true)]
    public void Measure_TwoClusters_TakesTheSmallestDistanceMinusRadius(float x, double margin, string nearest, bool isInside)
    {
        var distance = ClusterDistance.Measure([Small, Large], [x, 0], 1);

        Assert.Equal(margin, distance.Margin, 1e-6);
        Assert.Equal((nearest, isInside), (distance.Nearest, distance.IsInside));
    }
}
