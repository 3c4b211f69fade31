using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Isolation;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Isolation;

public sealed class IsolationForestTests : FittedDetectorContract
{
    private protected override bool NoticesChangeOfConstants => false;

    private protected override BatchDetector Make(int threads = 1) => new IsolationForest(new IsolationForestOptions { Threads = threads });

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1.6666667)]
    [InlineData(256, 10.2486899)]
    public void PathLength_KnownSample_IsTheMeanOfTheSearchTree(int rows, double mean) => Assert.Equal(mean, PathLength.Mean(rows), 1e-6);

    /// <summary>Trees of one dimension are random search trees over its values, so the mean depth of many is known: that of the plain recursion.</summary>
    [Fact]
    public void Score_OneDimension_ApproachesTheExpectationOfThePaper()
    {
        float[] values = [0, 1, 2, 4, 8, 16, 32, 100];
        var forest = new IsolationForest(new IsolationForestOptions { Trees = 10_000, Samples = 8 });
        forest.Learn(new Matrix(values, 8, 1));
        foreach (float value in values)
        {
            double expected = Math.Pow(2, -ExpectedDepth(values, value, 0, 3) / PathLength.Mean(8));
            Assert.Equal(expected, forest.Score([value]), 0.005);
        }
    }

    [Fact]
    public void TrainingScores_RowsOfTheCentre_AreBelowThoseOfTheEdge()
    {
        Matrix rows = SampleRows.Normal(1000, 2, 1);
        var forest = new IsolationForest();
        forest.Learn(rows);
        Assert.True(forest.Score([0, 1]) < 0.5);
        Assert.True(forest.Score([8, -15]) > 0.7);
    }

    [Fact]
    public void Score_RowsAllAlike_IsOneHalf()
    {
        var rows = new Matrix(20, 2);
        var forest = new IsolationForest();
        forest.Learn(rows);
        Assert.Equal(0.5, forest.Score([0, 0]), 1e-6);
        forest.Learn(new Matrix(1, 2));
        Assert.Equal(0.5, forest.Score([7, 7]));
    }

    [Fact]
    public void Fit_AnotherSeed_GivesOtherTrees()
    {
        Matrix rows = SampleRows.Normal(500, 4, 2);
        var left = new IsolationForest(new IsolationForestOptions { Seed = 1 });
        var right = new IsolationForest(new IsolationForestOptions { Seed = 2 });
        left.Learn(rows);
        right.Learn(rows);
        Assert.NotEqual(left.Save(), right.Save());
    }

    [Theory]
    [InlineData(0, 256, 0, "trees")]
    [InlineData(100, 1, 0, "samples")]
    [InlineData(100, 256, -1, "threads")]
    public void Options_OutOfRange_AreNamed(int trees, int samples, int threads, string name)
    {
        var options = new IsolationForestOptions { Trees = trees, Samples = samples, Threads = threads };
        Assert.Contains($"isolation_forest.{name}", Assert.Throws<OptionsException>(() => new IsolationForest(options)).Message, StringComparison.Ordinal);
    }

    /// <summary>The expected path by the definition: a threshold uniform over the range splits between neighbours in proportion to their gap.</summary>
    private static double ExpectedDepth(float[] values, float value, int level, int levels)
    {
        if (values.Length < 2 || level == levels) return level + PathLength.Mean(values.Length);
        double depth = 0;
        for (int i = 1; i < values.Length; i++)
        {
            double probability = (values[i] - values[i - 1]) / (values[^1] - values[0]);
            float[] side = value < values[i] ? values[..i] : values[i..];
            depth += probability * ExpectedDepth(side, value, level + 1, levels);
        }

        return depth;
    }
}
