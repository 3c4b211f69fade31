using Ecart.Detection;
using Xunit;

namespace Ecart.Tests.Detection;

public sealed class EntityHistoryOptionsTests
{
    private static readonly EntityHistoryOptions Options = new();

    [Theory]
    [InlineData(0, 0, 0.02, 0.02)]
    [InlineData(3, 10, 0.02, 0.16)]
    [InlineData(0, 90, 0.02, 0.002)]
    public void Rate_FewEvents_IsShrunkTowardsTheDomain(double frauds, double events, double domainRate, double expected) =>
        Assert.Equal(expected, Options.Rate(frauds, events, domainRate), 1e-12);

    [Theory]
    [InlineData(0, 0, 0.005)]
    [InlineData(100, 9000, 0.0105)]
    public void DomainRate_AnyCounts_IsNeverZero(double frauds, double events, double expected) =>
        Assert.Equal(expected, Options.DomainRate(frauds, events), 1e-12);
}
