using Ecart.Detection;
using Xunit;

namespace Ecart.Tests.Detection;

public sealed class StandardScoreOptionsTests
{
    [Theory]
    [InlineData(-9, 0)]
    [InlineData(3, 0)]
    [InlineData(3.3, 0.1)]
    [InlineData(4.5, 0.5)]
    [InlineData(400, 0.5)]
    [InlineData(double.NaN, 0)]
    public void Contribution_ZScore_CountsAboveItsThresholdUpToItsMaximum(double z, double expected) =>
        Assert.Equal(expected, new StandardScoreOptions().Contribution(z), 1e-12);
}
