using Ecart.Detection;
using Ecart.Domains.Transactions.Detectors;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions.Detectors;

public sealed class SignatureDetectorTests
{
    [Theory]
    [InlineData(Severity.Low, 0.3)]
    [InlineData(Severity.Medium, 0.5)]
    [InlineData(Severity.High, 0.7)]
    [InlineData(Severity.Critical, 0.9)]
    public void Evaluate_EventWithinTheRadius_CountsBySeverity(Severity severity, double contribution)
    {
        var evidence = Evaluate(1.0, severity).Require(EvidenceCode.Signature);

        Assert.Equal((contribution, 1, 1, "bust-out"), (evidence.Contribution, evidence.Observed, evidence.Threshold, evidence.Subject));
    }

    [Fact]
    public void Evaluate_EventOutsideTheRadius_SaysNothing() => Assert.True(Evaluate(0.999, Severity.Critical).Evidence.IsEmpty);

    private static Verdict Evaluate(double radius, Severity severity) => DetectorCase.Evaluate(
        new SignatureDetector(),
        (ref context) => context.Patterns = ReferencePatterns.Empty with
        {
            Signatures = [new ThreatSignature("bust-out", [1, .. new float[255]], radius, severity, "malware", 1)],
        });
}
