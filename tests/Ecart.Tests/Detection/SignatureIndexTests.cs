using CsCheck;
using Ecart.Detection;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Detection;

/// <summary>The index finds what the scan finds.</summary>
public sealed class SignatureIndexTests
{
    private static readonly Severity[] Severities = [Severity.Low, Severity.Medium, Severity.High, Severity.Critical];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(256)]
    public void Find_AnySignaturesAndEvents_IsWhatTheScanFinds(int dimension) => Gen.Select(Gen.ULong[1, 1000], Gen.Int[1, 400], Gen.Double[0, 1.2]).Sample(
        (seed, count, width) =>
        {
            var random = new SeededRandom(seed);
            ThreatSignature[] signatures = Make(random, count, dimension, width);
            var index = new SignatureIndex(signatures);
            for (int i = 0; i < 30; i++)
            {
                float[] near = signatures[random.Next(count)].Vector[..dimension];
                float[] embedding = i % 3 == 0 ? near : [.. near.Select(value => value + (float)(0.1 * random.NextNormal()))];
                foreach (int version in (int[])[1, 2, 3]) Assert.Equal(SignatureMatch.Find(signatures, embedding, version), index.Find(embedding, version));
            }
        },
        iter: 60,
        seed: "0000KOIbCd64");

    [Fact]
    public void Find_EqualMatches_GivesTheFirstAsTheScanDoes()
    {
        ThreatSignature[] twins = [.. Enumerable.Range(0, 300).Select(i => new ThreatSignature($"s{i}", new float[64], 0.5, Severity.Low, "malware", 1))];

        Assert.Equal("s0", new SignatureIndex(twins).Find(new float[64], 1)?.Signature.Name);
    }

    [Fact]
    public void FindSignature_PatternsReplaced_LooksAtTheNewOnes()
    {
        ThreatSignature[] first = Make(new SeededRandom(1), 300, 64, 0.3);
        ThreatSignature[] second = Make(new SeededRandom(2), 300, 64, 0.3);
        var patterns = new ReferencePatterns([], first, []);
        var options = new SignatureOptions();
        float[] embedding = second[0].Vector[..64];
        int version = second[0].EmbeddingVersion;
        _ = patterns.FindSignature(embedding, version, options);

        Assert.Equal(SignatureMatch.Find(second, embedding, version), (patterns with { Signatures = second }).FindSignature(embedding, version, options));
        Assert.Equal(SignatureMatch.Find(first, embedding, version), patterns.FindSignature(embedding, version, options));
    }

    [Fact]
    public void FindSignature_OnceMade_AllocatesNothing()
    {
        var patterns = new ReferencePatterns([], Make(new SeededRandom(3), 1000, 64, 0.3), []);
        var options = new SignatureOptions();
        float[] embedding = patterns.Signatures[7].Vector;
        _ = patterns.FindSignature(embedding, 1, options);

        Assert.Equal(0, Allocation.Of(() => patterns.FindSignature(embedding, 1, options)));
    }

    private static ThreatSignature[] Make(SeededRandom random, int count, int dimension, double width) =>
    [
        .. Enumerable.Range(0, count).Select(i => new ThreatSignature(
            $"s{i}",
            [.. Enumerable.Range(0, dimension).Select(_ => (float)(random.NextNormal() / Math.Sqrt(dimension))), .. new float[i % 5 == 0 ? 8 : 0]],
            random.Chance(0.1) ? 0 : width * random.NextDouble(),
            Severities[random.Next(4)],
            "malware",
            1 + random.Next(2))),
    ];
}
