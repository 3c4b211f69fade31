using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Axes;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Axes;

public abstract class PrincipalComponentsContract(PrincipalComponentScore score) : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new PrincipalComponents(new PrincipalComponentOptions { Threads = threads, Score = score });

    [Fact]
    public void Explain_AnyVector_AddsUpToTheScore()
    {
        Matrix rows = SampleRows.Normal(200, 11, 1);
        BatchDetector detector = Fitted(rows);
        var contributions = new double[11];
        for (int row = 0; row < 20; row++)
        {
            detector.Explain(rows.Row(row), contributions);
            double score = detector.Score(rows.Row(row));
            Assert.Equal(score, contributions.Sum(), 1e-9 * score);
        }
    }

    [Theory]
    [InlineData(600, 700)]
    [InlineData(600, 40)]
    public void Explain_MoreDimensionsThanAxes_AddsUpToTheScore(int dimension, int count)
    {
        Matrix rows = SampleRows.Normal(count, dimension, 1);
        BatchDetector detector = Fitted(rows);
        var contributions = new double[dimension];
        Matrix others = SampleRows.Normal(3, dimension, 2);
        for (int row = 0; row < 3; row++)
        {
            detector.Explain(others.Row(row), contributions);
            double score = detector.Score(others.Row(row));
            Assert.True(score > 0);
            Assert.Equal(score, contributions.Sum(), 1e-8 * score);
        }
    }
}

public sealed class WeightedDistanceTests() : PrincipalComponentsContract(PrincipalComponentScore.WeightedDistance)
{
    [Fact]
    public void Score_AnyVector_EqualsThePublishedConvention()
    {
        Matrix rows = SampleRows.Normal(200, 7, 3);
        BatchDetector detector = Fitted(rows);
        PrincipalAxes axes = PrincipalAxes.Of(rows, true, 1, TestContext.Current.CancellationToken);
        for (int row = 0; row < 20; row++)
        {
            var z = new double[7];
            for (int i = 0; i < 7; i++) z[i] = (rows.Row(row)[i] - axes.Means[i]) * axes.Scales[i];
            double expected = 0;
            for (int axis = 0; axis < 7; axis++)
            {
                double square = 0;
                for (int i = 0; i < 7; i++) square += Math.Pow(z[i] - axes.Axis(axis)[i], 2);
                expected += Math.Sqrt(square) / (axes.Variances[axis] / 7);
            }

            Assert.Equal(expected, detector.Score(rows.Row(row)), 1e-9 * expected);
        }
    }

    [Theory]
    [InlineData(0.001, 0.001, 0, "explained_variance")]
    [InlineData(0.9, 2, 0, "least_variance")]
    [InlineData(0.9, 0.001, 2000, "threads")]
    public void Options_OutOfRange_AreNamed(double explained, double least, int threads, string name)
    {
        var options = new PrincipalComponentOptions { ExplainedVariance = explained, LeastVariance = least, Threads = threads };
        Assert.Contains($"pca.{name}", Assert.Throws<OptionsException>(() => new PrincipalComponents(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_UnknownScore_IsNamed() => Assert.Contains(
        "pca.score",
        Assert.Throws<OptionsException>(() => new PrincipalComponents(new PrincipalComponentOptions { Score = (PrincipalComponentScore)9 })).Message,
        StringComparison.Ordinal);
}

public sealed class ComponentMahalanobisTests() : PrincipalComponentsContract(PrincipalComponentScore.Mahalanobis)
{
    /// <summary>Over the rows it was fitted to, squared Mahalanobis distances have the mean d whatever their covariance.</summary>
    [Theory]
    [MemberData(nameof(Dimensions))]
    public void TrainingScores_MoreRowsThanDimensions_HaveTheDimensionAsTheirMean(int dimension) =>
        Assert.Equal(dimension, Fitted(SampleRows.Normal(800, dimension, 4)).TrainingScores.ToArray().Average(), 1e-6 * dimension);

    [Fact]
    public void Score_CombinationAgainstTheCorrelation_IsFarOut()
    {
        var random = new SeededRandom(5);
        var rows = new Matrix(500, 2);
        for (int row = 0; row < 500; row++)
        {
            double common = random.NextNormal();
            rows.Row(row)[0] = (float)(100 * (common + (0.1 * random.NextNormal())));
            rows.Row(row)[1] = (float)(common + (0.1 * random.NextNormal()));
        }

        BatchDetector detector = Fitted(rows);
        Assert.True(detector.Score([150, -1.5f]) > 20 * detector.Score([150, 1.5f]));
    }
}

public sealed class ReconstructionErrorTests() : PrincipalComponentsContract(PrincipalComponentScore.ReconstructionError)
{
    private protected override bool NamesTheDimension => false;

    [Fact]
    public void Score_OnTheLeadingAxis_IsNearZero()
    {
        var rows = new Matrix(100, 3);
        for (int row = 0; row < 100; row++)
        {
            for (int column = 0; column < 3; column++) rows.Row(row)[column] = row * (column + 1);
        }

        BatchDetector detector = Fitted(rows);
        Assert.Equal(0, detector.Score([1000, 2000, 3000]), 1e-9);
        Assert.True(detector.Score([50, 100, 200]) > 0.1);
    }
}
