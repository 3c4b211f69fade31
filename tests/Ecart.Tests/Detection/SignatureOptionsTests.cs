using Ecart.Detection;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Detection;

public sealed class SignatureOptionsTests
{
    [Theory]
    [InlineData(Severity.None, 0)]
    [InlineData(Severity.Low, 0.3)]
    [InlineData(Severity.Medium, 0.5)]
    [InlineData(Severity.High, 0.7)]
    [InlineData(Severity.Critical, 0.9)]
    public void Contribution_Severity_IsTheSameInEveryDomain(Severity severity, double expected) =>
        Assert.Equal(expected, new SignatureOptions().Contribution(severity));
}
