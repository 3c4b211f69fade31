using CsCheck;
using Ecart.Detection;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection;

public sealed class SignatureMatchTests
{
    private static readonly float[] Event = [1, 0, 0];

    [Fact]
    public void Find_SeveritiesAndRatios_HighestSeverityThenSmallestRatio()
    {
        ThreatSignature[] signatures =
        [
            At("medium, dead centre", 0, 1, Severity.Medium),
            At("high, near the rim", 0.9, 1, Severity.High),
            At("high, larger radius but deeper inside", 0.95, 2, Severity.High),
            At("critical, outside", 1.01, 1, Severity.Critical),
        ];

        Assert.Equal("high, larger radius but deeper inside", SignatureMatch.Find(signatures, Event, 1)?.Signature.Name);
        Assert.Equal(0.95, SignatureMatch.Find(signatures, Event, 1)!.Value.Distance, 1e-6);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.500001, false)]
    public void Find_AtTheRadius_Matches(double distance, bool matches) =>
        Assert.Equal(matches, SignatureMatch.Find([At("s", distance, 0.5, Severity.Low)], Event, 1) is not null);

    [Fact]
    public void Find_OtherEmbeddingVersion_IsNotCompared() =>
        Assert.Null(SignatureMatch.Find([At("s", 0, 1, Severity.Low) with { EmbeddingVersion = 2 }], Event, 1));

    [Fact]
    public void Find_RadiusZero_IsTheDeepestMatchInAnyOrder()
    {
        ThreatSignature[] signatures = [At("exact", 0, 0, Severity.High), At("around", 0.1, 1, Severity.High)];

        Assert.Equal("exact", SignatureMatch.Find(signatures, Event, 1)?.Signature.Name);
        Assert.Equal("exact", SignatureMatch.Find([.. signatures.Reverse()], Event, 1)?.Signature.Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void Find_AnySignatures_EqualsSortingAll(int dimension) => Gen.ULong.Sample(seed =>
    {
        var random = new SeededRandom(seed);
        float[] Vector(int length) => [.. Enumerable.Range(0, length).Select(_ => (float)random.NextNormal() / MathF.Sqrt(dimension))];
        var embedding = Vector(dimension);
        ThreatSignature[] signatures =
        [
            .. Enumerable.Range(0, 20).Select(i => new ThreatSignature(
                $"s{i}", [.. Vector(dimension), .. new float[16]], random.Between(0.5, 2.5), (Severity)random.Next(1, 4), "c", random.Next(1, 2))),
        ];

        var expected = signatures
            .Select(signature => (Signature: signature, Distance: VectorMath.DistancePadded(embedding, signature.Vector)))
            .Where(match => match.Signature.EmbeddingVersion == 1 && match.Distance <= match.Signature.Radius)
            .OrderByDescending(match => match.Signature.Severity).ThenBy(match => match.Distance / match.Signature.Radius)
            .Select(match => match.Signature.Name).FirstOrDefault();

        Assert.Equal(expected, SignatureMatch.Find(signatures, embedding, 1)?.Signature.Name);
    }, seed: "0000KOIbCd64", iter: 300);

    private static ThreatSignature At(string name, double distance, double radius, Severity severity) =>
        new(name, [(float)(1 + distance), 0, 0, 0, 0], radius, severity, "malware", 1);
}
