using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Axes;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Axes;

public sealed class RobustMahalanobisTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new RobustMahalanobis(new RobustMahalanobisOptions { Threads = threads });

    /// <summary>A fifth of the rows, far away together, would pull a plain mean and covariance towards them.</summary>
    [Fact]
    public void Score_ManyOutliersTogether_AreStillFarOut()
    {
        Matrix rows = SampleRows.Normal(500, 4, 1);
        for (int row = 0; row < 100; row++)
        {
            for (int column = 0; column < 4; column++) rows.Row(row)[column] = (float)(column + 10 + (0.1 * rows.Row(row)[column]));
        }

        double[] robust = Fitted(rows).TrainingScores.ToArray();
        Assert.True(robust[..100].Min() > 2 * robust[100..].Max());
        var plain = new RobustMahalanobis(new RobustMahalanobisOptions { Support = 1 });
        plain.Learn(rows);
        double[] classical = plain.TrainingScores.ToArray();
        Assert.True(classical[..100].Min() < classical[100..].Max());
    }

    [Fact]
    public void Score_NormalRows_IsCloseToTheDistanceByTheTrueCovariance()
    {
        Matrix rows = SampleRows.Normal(5000, 3, 2);
        BatchDetector detector = Fitted(rows);
        PrincipalAxes axes = PrincipalAxes.Of(rows, true, 1, TestContext.Current.CancellationToken);
        var (standardised, coordinates) = (new double[3], new double[3]);
        for (int row = 0; row < 50; row++)
        {
            axes.Standardise(rows.Row(row), standardised);
            axes.Project(standardised, coordinates);
            double plain = 0;
            for (int axis = 0; axis < 3; axis++) plain += coordinates[axis] * coordinates[axis] / axes.Variances[axis];
            Assert.InRange(detector.Score(rows.Row(row)), (0.9 * plain) - 0.05, (1.25 * plain) + 0.05);
        }
    }

    /// <summary>With fewer rows than dimensions an unseen row is as far out as the training scores say, though by the plain formula the rows themselves are nearer.</summary>
    [Theory]
    [InlineData(40, 60)]
    [InlineData(200, 20)]
    public void TrainingScores_AreThoseOfUnseenRows(int count, int dimension)
    {
        Matrix rows = SampleRows.Normal(count, dimension, 3);
        BatchDetector detector = Fitted(rows);
        var scores = new double[1000];
        detector.ScoreAll(SampleRows.Normal(1000, dimension, 4), scores);
        Array.Sort(scores);
        double[] training = detector.TrainingScores.ToArray();
        Array.Sort(training);
        Assert.InRange(training[count / 2] / scores[500], 0.7, 1.4);
    }

    [Fact]
    public void LeftOut_ClassicalCovariance_EqualsFittingWithoutTheRow()
    {
        Matrix rows = SampleRows.Normal(400, 5, 5);
        var all = new RobustMahalanobis(new RobustMahalanobisOptions { Support = 1 });
        var without = new RobustMahalanobis(new RobustMahalanobisOptions { Support = 1 });
        all.Learn(rows);
        for (int row = 0; row < 5; row++)
        {
            without.Learn(rows.Select([.. Enumerable.Range(0, 400).Where(other => other != row)]));
            double expected = without.Score(rows.Row(row));
            Assert.Equal(expected, all.TrainingScores[row], 0.01 * expected);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void Cholesky_PositiveMatrix_IsRebuiltAndInverted(int n)
    {
        Matrix rows = SampleRows.Normal(3 * n + 5, n, 6);
        double[] matrix = ShrunkCovariance.Of(rows, 1, TestContext.Current.CancellationToken).Matrix;
        double[] lower = [.. matrix];
        var values = new double[n];
        double logDeterminant = Cholesky.Factor(lower, n);
        double[] inverse = Cholesky.InvertLower(lower, n);
        SymmetricEigen.Decompose([.. matrix], values, TestContext.Current.CancellationToken);
        Assert.Equal(values.Sum(Math.Log), logDeterminant, 1e-9 * n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double product = 0, rebuilt = 0;
                for (int k = 0; k < n; k++)
                {
                    product += lower[(i * n) + k] * inverse[(k * n) + j];
                    rebuilt += lower[(i * n) + k] * lower[(j * n) + k];
                }

                Assert.Equal(i == j ? 1 : 0, product, 1e-10);
                Assert.Equal(matrix[(i * n) + j], rebuilt, 1e-10);
            }
        }
    }

    [Theory]
    [InlineData(0.4, 8, 0, "support")]
    [InlineData(0.75, -1, 0, "starts")]
    [InlineData(0.75, 8, 2000, "threads")]
    public void Options_OutOfRange_AreNamed(double support, int starts, int threads, string name)
    {
        var options = new RobustMahalanobisOptions { Support = support, Starts = starts, Threads = threads };
        Assert.Contains($"mahalanobis.{name}", Assert.Throws<OptionsException>(() => new RobustMahalanobis(options)).Message, StringComparison.Ordinal);
    }
}
