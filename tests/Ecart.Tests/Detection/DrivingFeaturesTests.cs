using Ecart.Detection;
using Xunit;

namespace Ecart.Tests.Detection;

public sealed class DrivingFeaturesTests
{
    private readonly DrivingFeatures features = new(["a", "b", "c", "d", "e"]);

    [Theory]
    [InlineData(new double[] { 1, 5, 0, 4, 3 }, "b, d, e")]
    [InlineData(new double[] { 0, 5, 0, 0, 0 }, "b")]
    [InlineData(new double[] { 0.4, 5, 0, 2, 0 }, "b, d")]
    [InlineData(new double[] { 2, 2, 2, 2, 2 }, "a, b, c")]
    [InlineData(new double[] { 0, 0, 0, 0, 0 }, "")]
    [InlineData(new double[] { double.NaN, 0, 1, 0, 0 }, "c")]
    public void Name_Contributions_AreTheStrongestFirst(double[] contributions, string expected) => Assert.Equal(expected, features.Name(contributions));

    [Fact]
    public void Name_TheSameFeatures_IsTheSameText() => Assert.Same(features.Name([1, 5, 0, 4, 3]), features.Name([2, 9, 0, 8, 7]));
}
