using Ecart.Detection;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Detection;

public sealed class ProfileDistanceTests
{
    private static readonly ProfileOptions Profile = new();
    private static readonly ProfileDistanceOptions Options = new();

    [Theory]
    [InlineData(0.4, 0, false)]
    [InlineData(0.55, 0.5, false)]
    [InlineData(0.7, 1, false)]
    [InlineData(0.7001, 1, true)]
    [InlineData(9, 1, true)]
    [InlineData(0.1, 0, false)]
    public void Measure_KnownProfile_ScoresOnThreeSigmas(double distance, double score, bool isAnomalous)
    {
        var measured = ProfileDistance.Measure(distance, 10, 0.4, 0.1, Profile, Options)!.Value;

        Assert.Equal(score, measured.Score, 1e-12);
        Assert.Equal(0.7, measured.Threshold, 1e-12);
        Assert.Equal(isAnomalous, measured.IsAnomalous);
    }

    [Fact]
    public void Measure_SigmaOfZero_IsFloored() => Assert.Equal(0.02, ProfileDistance.Measure(1, 10, 0.4, 0, Profile, Options)!.Value.Sigma, 1e-12);

    [Theory]
    [InlineData(0.5, 9, 0.4)]
    [InlineData(0.5, 10, double.NaN)]
    [InlineData(double.NaN, 10, 0.4)]
    public void Measure_NothingToCompareWith_HasNoOpinion(double distance, int observations, double mean) =>
        Assert.Null(ProfileDistance.Measure(distance, observations, mean, 0.1, Profile, Options));
}
