using System.Security.Cryptography;
using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Numerics;
using Ecart.TestKit;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch;

/// <summary>What every batch detector that learns a model must do; a test class of each derives from it.</summary>
public abstract class FittedDetectorContract
{
    public static TheoryData<int> Dimensions => [1, 7, 128, 384];

    /// <summary>A detector that uses this many threads; the rest of its options keep the test quick.</summary>
    private protected abstract BatchDetector Make(int threads = 1);

    /// <summary>False where rows that never differ leave the method without an opinion.</summary>
    private protected virtual bool NoticesChangeOfConstants => true;

    /// <summary>False where a value that is far out also moves what is expected of the others.</summary>
    private protected virtual bool NamesTheDimension => true;

    [Fact]
    public void Kind_IsRegistered() => Assert.Equal(Make().Kind, BatchDetectors.Make(Make().Kind).Kind);

    [Fact]
    public void Fit_NoRow_IsRefused() => Assert.Throws<DetectorInputException>(() => Make().Learn(new Matrix(0, 3)));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fit_NotFinite_NamesRowAndDimension(float bad)
    {
        Matrix rows = SampleRows.Normal(20, 3, 1);
        rows.Row(4)[2] = bad;
        Assert.Contains("row 4, dimension 2", Assert.Throws<DetectorInputException>(() => Make().Learn(rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_NotFitted_IsRefused() => Assert.Throws<InvalidOperationException>(() => Make().Score(new float[3]));

    [Fact]
    public void Score_WrongVector_IsRefused()
    {
        BatchDetector detector = Fitted(SampleRows.Normal(20, 3, 1));
        Assert.Throws<DetectorInputException>(() => detector.Score(new float[2]));
        Assert.Throws<DetectorInputException>(() => detector.Score([1, float.NaN, 1]));
        Assert.Throws<DetectorInputException>(() => detector.ScoreAll(new Matrix(2, 4), new double[2]));
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Score_ManyRows_EqualsEachAloneAndIsFinite(int dimension)
    {
        BatchDetector detector = Fitted(SampleRows.Normal(300, dimension, 2));
        Matrix rows = SampleRows.Normal(301, dimension, 3);
        var scores = new double[rows.Rows];
        detector.ScoreAll(rows, scores);
        for (int row = 0; row < rows.Rows; row++)
        {
            Assert.True(double.IsFinite(scores[row]));
            Assert.Equal(detector.Score(rows.Row(row)), scores[row], 1e-6 * Math.Max(1, Math.Abs(scores[row])));
        }
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Score_FarOut_IsHigherThanNearlyAllOfTraining(int dimension)
    {
        Matrix rows = SampleRows.Normal(300, dimension, 4);
        BatchDetector detector = Fitted(rows);
        float[] far = rows.Row(0).ToArray();
        for (int column = 0; column < dimension; column++) far[column] = column + ((column % 2 == 0 ? 12 : -12) * (1 + (column % 3)));
        double score = detector.Score(far);
        int below = 0;
        foreach (double training in detector.TrainingScores) below += training < score ? 1 : 0;
        Assert.InRange(below, 290, 300);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 5)]
    [InlineData(3, 64)]
    [InlineData(12, 4096)]
    public void Fit_FewRows_GivesFiniteScores(int rows, int dimension)
    {
        Matrix matrix = SampleRows.Normal(rows, dimension, 5);
        BatchDetector detector = Fitted(matrix);
        AssertFinite(detector, matrix);
        AssertFinite(detector, SampleRows.Normal(5, dimension, 6));
    }

    [Fact]
    public void Fit_DuplicatesAndConstantColumns_GivesFiniteScores()
    {
        Matrix rows = SampleRows.Normal(60, 6, 7);
        for (int row = 0; row < 60; row++)
        {
            rows.Row(row)[1] = 4;
            rows.Row(row)[3] = rows.Row(row)[2];
            if (row >= 20) rows.Row(row % 20).CopyTo(rows.Row(row));
        }

        BatchDetector detector = Fitted(rows);
        AssertFinite(detector, rows);
        double score = detector.Score(SampleRows.Moved(rows.Row(0), 1, 1000));
        Assert.True(double.IsFinite(score));
        if (NoticesChangeOfConstants) Assert.True(score > detector.Score(rows.Row(0)));
    }

    [Fact]
    public void Fit_RowsAllAlike_GivesFiniteScores()
    {
        var rows = new Matrix(50, 4);
        rows.Span.Fill(-3);
        BatchDetector detector = Fitted(rows);
        AssertFinite(detector, rows);
        AssertFinite(detector, SampleRows.Normal(5, 4, 8));
    }

    [Fact]
    public void Score_LargestFloats_IsFinite()
    {
        Matrix rows = SampleRows.Normal(50, 4, 9);
        AssertFinite(Fitted(rows), Extreme());
        rows.Row(1).Fill(float.MaxValue);
        rows.Row(2).Fill(float.MinValue);
        BatchDetector detector = Fitted(rows);
        AssertFinite(detector, rows);
        AssertFinite(detector, Extreme());
    }

    [Fact]
    public void TrainingScores_AreOnePerRowAndFinite()
    {
        Matrix rows = SampleRows.Normal(300, 5, 10);
        BatchDetector detector = Fitted(rows);
        Assert.Equal(300, detector.TrainingScores.Length);
        Assert.All(detector.TrainingScores.ToArray(), score => Assert.True(double.IsFinite(score)));
    }

    [Fact]
    public void Fit_Threads_DoNotChangeAScore()
    {
        Matrix rows = SampleRows.Normal(2000, 9, 11);
        BatchDetector one = Fitted(rows);
        BatchDetector four = Make(4);
        four.Learn(rows);
        BatchDetector again = Make(4);
        again.Learn(rows);
        Assert.Equal(one.TrainingScores.ToArray(), four.TrainingScores.ToArray());
        Assert.Equal(one.Save(), four.Save());
        Assert.Equal(again.Save(), four.Save());
    }

    [Fact]
    public void Fit_Cancelled_LeavesTheDetectorAsItWas()
    {
        BatchDetector detector = Fitted(SampleRows.Normal(100, 3, 12));
        byte[] before = detector.Save();
        Assert.ThrowsAny<OperationCanceledException>(() => detector.Fit(SampleRows.Normal(2000, 4, 13), new CancellationToken(true)));
        Assert.Equal(before, detector.Save());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(384)]
    public void Score_AnyVector_DoesNotAllocate(int dimension)
    {
        Matrix rows = SampleRows.Normal(200, dimension, 14);
        BatchDetector detector = Fitted(rows);
        double sum = detector.Score(rows.Row(0)) + detector.Score(rows.Row(1));
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int row = 0; row < 100; row++) sum += detector.Score(rows.Row(row));
        }));
        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void Explain_AnyVector_DoesNotAllocate()
    {
        Matrix rows = SampleRows.Normal(200, 32, 16);
        BatchDetector detector = Fitted(rows);
        var contributions = new double[32];
        detector.Explain(rows.Row(1), contributions);

        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int row = 0; row < 20; row++) detector.Explain(rows.Row(row), contributions);
        }));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(40)]
    public void Explain_OneDimensionFarOut_NamesIt(int dimension)
    {
        Matrix rows = SampleRows.Normal(400, dimension, 15);
        BatchDetector detector = Fitted(rows);
        var contributions = new double[dimension];
        var typical = new float[dimension];
        for (int column = 0; column < dimension; column++) typical[column] = column;
        for (int column = 0; column < dimension; column += 3)
        {
            detector.Explain(SampleRows.Moved(typical, column, 40), contributions);
            Assert.All(contributions, contribution => Assert.True(contribution >= 0 && double.IsFinite(contribution)));
            if (NamesTheDimension) Assert.Equal(column, Array.IndexOf(contributions, contributions.Max()));
        }
    }

    [Fact]
    public void Restore_Saved_ScoresTheSame()
    {
        Matrix rows = SampleRows.Normal(150, 9, 16);
        BatchDetector detector = Fitted(rows);
        IBatchDetector restored = DetectorArtefact.Restore(detector.Save());
        var left = new double[9];
        var right = new double[9];
        for (int row = 0; row < rows.Rows; row++)
        {
            Assert.Equal(detector.Score(rows.Row(row)), restored.Score(rows.Row(row)));
            detector.Explain(rows.Row(row), left);
            restored.Explain(rows.Row(row), right);
            Assert.Equal(left, right);
        }

        Assert.Equal(detector.TrainingScores.ToArray(), restored.TrainingScores.ToArray());
        Assert.Equal(detector.Save(), restored.Save());
    }

    [Fact]
    public void Restore_Damaged_IsRefused()
    {
        byte[] saved = Fitted(SampleRows.Normal(30, 3, 17)).Save();
        var random = new SeededRandom(18);
        for (int i = 0; i < 50; i++)
        {
            byte[] damaged = [.. saved];
            damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 255);
            Assert.Throws<ArtefactException>(() => DetectorArtefact.Restore(damaged));
            Assert.Throws<ArtefactException>(() => DetectorArtefact.Restore(saved.AsSpan(0, random.Next(saved.Length))));
        }
    }

    /// <summary>Even bytes that were signed by somebody who got them wrong never reach beyond an array.</summary>
    [Fact]
    public void Restore_WrongButSigned_IsRefusedOrScores()
    {
        byte[] saved = Fitted(SampleRows.Normal(30, 3, 19)).Save();
        var random = new SeededRandom(20);
        for (int i = 0; i < 200; i++)
        {
            byte[] wrong = saved[..^SHA256.HashSizeInBytes];
            wrong[random.Next(8, wrong.Length - 1)] = (byte)random.Next(256);
            try
            {
                _ = DetectorArtefact.Restore([.. wrong, .. SHA256.HashData(wrong)]).Score(new float[3]);
            }
            catch (Exception refused) when (refused is ArtefactException or DetectorInputException)
            {
            }
        }
    }

    private protected BatchDetector Fitted(Matrix rows)
    {
        BatchDetector detector = Make();
        detector.Learn(rows);
        Assert.Equal(rows.Columns, detector.Dimension);
        return detector;
    }

    private static Matrix Extreme()
    {
        var extreme = new Matrix(4, 4);
        extreme.Row(0).Fill(float.MaxValue);
        extreme.Row(1).Fill(float.MinValue);
        extreme.Row(2)[2] = float.MaxValue;
        extreme.Row(3)[1] = float.MinValue;
        return extreme;
    }

    private static void AssertFinite(BatchDetector detector, Matrix rows)
    {
        var scores = new double[rows.Rows];
        detector.ScoreAll(rows, scores);
        var contributions = new double[rows.Columns];
        for (int row = 0; row < rows.Rows; row++)
        {
            Assert.True(double.IsFinite(scores[row]), $"row {row} scores {scores[row]}");
            Assert.True(double.IsFinite(detector.Score(rows.Row(row))));
            detector.Explain(rows.Row(row), contributions);
            Assert.All(contributions, contribution => Assert.True(double.IsFinite(contribution) && contribution >= 0));
        }
    }
}
