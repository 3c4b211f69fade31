using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Profiles;

public sealed class ProfileOptionsTests
{
    [Theory]
    [InlineData(0, 0, 1e-3)]
    [InlineData(0, 0.01, 1e-3)]
    [InlineData(0, 4, 0.2)]
    [InlineData(0, -4, 0.2)]
    [InlineData(0.3, 4, 0.3)]
    public void FloorSigma_RegularEntity_IsNeitherBlindNorExplosive(double sigma, double mean, double expected) =>
        Assert.Equal(expected, new ProfileOptions().FloorSigma(sigma, mean), 1e-15);
}
