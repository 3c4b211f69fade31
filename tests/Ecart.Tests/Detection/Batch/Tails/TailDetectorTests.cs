using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Tails;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Tails;

public sealed class EmpiricalOutlierScoreTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new EmpiricalOutlierScore(new TailOptions { Threads = threads });

    [Fact]
    public void Score_KnownRanks_IsTheSmallerTail()
    {
        var detector = new EmpiricalOutlierScore();
        detector.Learn(new Matrix([1, 2, 3, 4, 5, 5, 7, 8, 9], 9, 1));
        Assert.Equal(-Math.Log(1 / 10.0), detector.Score([0]), 1e-12);
        Assert.Equal(-Math.Log(2 / 10.0), detector.Score([1]), 1e-12);
        Assert.Equal(-Math.Log(6 / 10.0), detector.Score([5]), 1e-12);
        Assert.Equal(-Math.Log(1 / 10.0), detector.Score([100]), 1e-12);
    }

    [Fact]
    public void Score_MoreRowsThanAreKept_IsCloseToThatOfAll()
    {
        Matrix rows = SampleRows.Normal(30_000, 1, 1);
        var detector = new EmpiricalOutlierScore();
        detector.Learn(rows);
        var sorted = rows.Values.Order().ToArray();
        for (int i = 50; i < sorted.Length; i += 997)
        {
            double below = -Math.Log((i + 2.0) / 30_001), above = -Math.Log((30_001.0 - i) / 30_001);
            Assert.Equal(Math.Max(below, above), detector.Score([sorted[i]]), 0.06);
        }
    }

    [Fact]
    public void Options_OutOfRange_AreNamed() => Assert.Contains(
        "ecod.threads", Assert.Throws<OptionsException>(() => new EmpiricalOutlierScore(new TailOptions { Threads = -1 })).Message, StringComparison.Ordinal);
}

public sealed class CopulaOutlierScoreTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new CopulaOutlierScore(new TailOptions { Threads = threads });

    [Fact]
    public void Score_SkewedDimension_CountsTheLongTail()
    {
        var random = new SeededRandom(1);
        var rows = new Matrix(999, 1);
        foreach (ref float value in rows.Span) value = (float)random.NextLogNormal(1, 1);
        BatchDetector detector = Fitted(rows);
        Assert.Equal(-Math.Log(1 / 1000.0), detector.Score([1e6f]), 1e-9);
        Assert.Equal(-Math.Log(1 / 1000.0) / 2, detector.Score([-1]), 1e-3);
    }
}
