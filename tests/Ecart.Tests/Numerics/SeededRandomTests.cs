using System.Numerics;
using CsCheck;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Numerics;

/// <summary>The values are the same on every machine and in every version: simulated streams and tests rest on them.</summary>
public sealed class SeededRandomTests
{
    [Fact]
    public void NextBits_SeedZero_GivesKnownValues()
    {
        var random = new SeededRandom(0);

        Assert.Equal([0x99EC5F36CB75F2B4, 0xBF6E1F784956452A, 0x1A5F849D4933E6E0, 0x6AA594F1262D2D2C], Enumerable.Range(0, 4).Select(_ => random.NextBits()));
    }

    [Fact]
    public void NextBits_AnySeed_EqualsXoshiro256StarStar() => Gen.ULong.Sample(seed =>
    {
        var random = new SeededRandom(seed);
        var reference = new Xoshiro(seed);
        for (var i = 0; i < 100; i++) Assert.Equal(reference.Next(), random.NextBits());
    }, seed: "0000KOIbCd64", iter: 100);

    [Fact]
    public void EveryDistribution_SeedSeven_GivesTheSameValuesForEver()
    {
        var random = new SeededRandom(7);

        Assert.Equal(0.7005764821796896, random.NextDouble());
        Assert.Equal(6.393756147368921, random.Between(5, 10));
        Assert.Equal(83, random.Next(100));
        Assert.Equal(12, random.Next(10, 12));
        Assert.False(random.Chance(0.5));
        Assert.Equal(1.8845062896955629, random.NextNormal(), 1e-12);
        Assert.Equal(8.243550853620738, random.NextLogNormal(10, 0.5), 1e-12);
        Assert.Equal(6, random.NextPoisson(4));
    }

    [Fact]
    public void EveryDistribution_ManyDraws_HasItsMoments()
    {
        const int Draws = 200_000;
        var random = new SeededRandom(1);
        double normal = 0, squares = 0, poisson = 0, uniform = 0, hits = 0;
        for (var i = 0; i < Draws; i++)
        {
            var z = random.NextNormal();
            normal += z;
            squares += z * z;
            poisson += random.NextPoisson(3.5);
            uniform += random.Between(-1, 3);
            hits += random.Chance(0.1) ? 1 : 0;
        }

        Assert.Equal(0, normal / Draws, 0.01);
        Assert.Equal(1, squares / Draws, 0.02);
        Assert.Equal(3.5, poisson / Draws, 0.02);
        Assert.Equal(1, uniform / Draws, 0.01);
        Assert.Equal(0.1, hits / Draws, 0.004);
    }

    [Fact]
    public void Next_Range_IncludesBothEndsAndNothingElse()
    {
        var random = new SeededRandom(2);
        var seen = Enumerable.Range(0, 1000).Select(_ => random.Next(3, 6)).Distinct().Order();

        Assert.Equal([3, 4, 5, 6], seen);
    }

    /// <summary>The published algorithm, written out.</summary>
    private sealed class Xoshiro
    {
        private ulong s0, s1, s2, s3;

        public Xoshiro(ulong seed)
        {
            ulong Split()
            {
                var z = seed += 0x9E3779B97F4A7C15;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return z ^ (z >> 31);
            }

            (s0, s1, s2, s3) = (Split(), Split(), Split(), Split());
        }

        public ulong Next()
        {
            var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
            var t = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= t;
            s3 = BitOperations.RotateLeft(s3, 45);
            return result;
        }
    }

    [Fact]
    public void Resume_Position_GoesOnWithTheSequence()
    {
        var random = new SeededRandom(5);
        random.NextDouble();
        SeededRandom resumed = SeededRandom.Resume(random.Position);

        for (int i = 0; i < 10; i++) Assert.Equal(random.NextBits(), resumed.NextBits());
    }
}
