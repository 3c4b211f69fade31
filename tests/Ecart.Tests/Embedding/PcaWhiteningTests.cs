using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Embedding;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.TestKit;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Embedding;

public sealed class PcaWhiteningTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly PcaWhiteningOptions Exact = new() { Shrinkage = 0, VarianceFloor = 1e-6, ExplainedVariance = 1 };

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void Embed_WithoutShrinkage_DistancesAreMahalanobis(int dimension)
    {
        Matrix rows = Correlated(dimension, 4 * dimension + 50, seed: 3);
        PcaWhitening model = PcaWhitening.Fit(rows, Exact, Cancellation);
        double[] inverse = Invert(Covariance(rows), dimension);

        for (int i = 0; i < 20; i++)
        {
            double expected = Mahalanobis(rows.Row(i), rows.Row(i + 20), inverse);
            Assert.Equal(expected, VectorMath.Distance(Embed(model, rows.Row(i)), Embed(model, rows.Row(i + 20))), 1e-3 * (1 + expected));
        }
    }

    [Fact]
    public void Embed_TrainingRows_HaveMeanZeroAndVarianceOneInEveryComponent()
    {
        Matrix rows = Correlated(12, 400, seed: 5);
        PcaWhitening model = PcaWhitening.Fit(rows, Exact, Cancellation);
        float[][] embedded = [.. Enumerable.Range(0, rows.Rows).Select(i => Embed(model, rows.Row(i)))];

        for (int j = 0; j < model.Dimension; j++)
        {
            Assert.Equal(0, embedded.Average(vector => vector[j]), 1e-4);
            Assert.Equal(1, embedded.Average(vector => vector[j] * vector[j]), 1e-3);
        }
    }

    [Fact]
    public void Fit_FewRowsOfManyDimensions_ShrinksTowardsEqualVariance()
    {
        double few = PcaWhitening.Fit(Correlated(40, 20, seed: 1), PcaWhiteningOptions.Default, Cancellation).Shrinkage;
        double many = PcaWhitening.Fit(Correlated(40, 5000, seed: 1), PcaWhiteningOptions.Default, Cancellation).Shrinkage;

        Assert.InRange(few, 0.1, 1);
        Assert.InRange(many, 0, 0.1);
    }

    [Fact]
    public void Fit_LessVarianceAsked_KeepsFewerComponents()
    {
        Matrix rows = Correlated(30, 500, seed: 2);

        PcaWhitening half = PcaWhitening.Fit(rows, Exact with { ExplainedVariance = 0.5 }, Cancellation);
        PcaWhitening three = PcaWhitening.Fit(rows, Exact with { MaximumComponents = 3 }, Cancellation);

        Assert.InRange(half.Dimension, 1, 29);
        Assert.True(half.ExplainedVariance >= 0.5);
        Assert.Equal(3, three.Dimension);
    }

    [Fact]
    public void Embed_DirectionThatNeverVaried_IsBounded()
    {
        var random = new SeededRandom(4);
        var rows = new Matrix(300, 3);
        for (int i = 0; i < rows.Rows; i++) (rows.Row(i)[0], rows.Row(i)[1], rows.Row(i)[2]) = ((float)random.Between(-1, 1), (float)random.Between(-1, 1), 0.5f);
        PcaWhitening model = PcaWhitening.Fit(rows, PcaWhiteningOptions.Default with { ExplainedVariance = 1 }, Cancellation);

        float[] strange = Embed(model, [0, 0, 1.5f]);

        Assert.All(strange, value => Assert.InRange(value, -100, 100));
    }

    [Fact]
    public void Fit_TheSameRows_GivesTheSameBytes() => Assert.Equal(
        PcaWhitening.Fit(Correlated(20, 300, seed: 9), PcaWhiteningOptions.Default, Cancellation).Save(),
        PcaWhitening.Fit(Correlated(20, 300, seed: 9), PcaWhiteningOptions.Default, Cancellation).Save());

    [Fact]
    public void Restore_SavedModel_EmbedsTheSameToTheLastBit()
    {
        Matrix rows = Correlated(33, 300, seed: 8);
        PcaWhitening model = PcaWhitening.Fit(rows, PcaWhiteningOptions.Default, Cancellation);

        IEmbeddingModel restored = EmbeddingModels.Restore(model.Save());

        Assert.Equal((model.Kind, model.InputDimension, model.Dimension), (restored.Kind, restored.InputDimension, restored.Dimension));
        for (int i = 0; i < 50; i++) Assert.Equal(Embed(model, rows.Row(i)), Embed(restored, rows.Row(i)));
    }

    [Fact]
    public void Restore_AnyByteChangedOrMissing_IsRefused()
    {
        byte[] saved = PcaWhitening.Fit(Correlated(3, 30, seed: 8), PcaWhiteningOptions.Default, Cancellation).Save();
        for (int i = 0; i < saved.Length; i++)
        {
            byte[] damaged = [.. saved];
            damaged[i] ^= 0x10;
            Assert.Throws<ArtefactException>(() => EmbeddingModels.Restore(damaged));
            Assert.Throws<ArtefactException>(() => EmbeddingModels.Restore(saved.AsSpan(0, i)));
        }
    }

    [Fact]
    public void Restore_NewerFormat_SaysWhichProgramIsNeeded()
    {
        byte[] saved = PcaWhitening.Fit(Correlated(3, 30, seed: 8), PcaWhiteningOptions.Default, Cancellation).Save();
        saved[4] = 9;

        Assert.Contains("format 9; this program reads up to 1", Assert.Throws<ArtefactException>(() => EmbeddingModels.Restore(saved)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fit_TooFewRows_IsRefused(int rows) => Assert.Throws<DetectorInputException>(() => PcaWhitening.Fit(new Matrix(rows, 3), PcaWhiteningOptions.Default, Cancellation));

    [Fact]
    public void Fit_EqualRows_IsRefused() => Assert.Throws<DetectorInputException>(() => PcaWhitening.Fit(new Matrix(9, 3), PcaWhiteningOptions.Default, Cancellation));

    [Fact]
    public void Fit_TooManyDimensions_IsRefused() => Assert.Throws<DetectorInputException>(() => PcaWhitening.Fit(new Matrix(9, 4096), PcaWhiteningOptions.Default, Cancellation));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fit_NotFinite_IsRefused(float value)
    {
        Matrix rows = Correlated(3, 9, seed: 1);
        rows.Row(4)[1] = value;

        Assert.Throws<DetectorInputException>(() => PcaWhitening.Fit(rows, PcaWhiteningOptions.Default, Cancellation));
    }

    [Fact]
    public void Embed_WrongLength_IsRefused()
    {
        PcaWhitening model = PcaWhitening.Fit(Correlated(3, 30, seed: 8), Exact, Cancellation);

        Assert.Throws<DetectorInputException>(() => model.Embed(new float[4], new float[3]));
        Assert.Throws<DetectorInputException>(() => model.Embed(new float[3], new float[4]));
    }

    [Fact]
    public void Fit_OptionOutOfRange_IsNamed() => Assert.Contains(
        "shrinkage",
        Assert.Throws<OptionsException>(() => PcaWhitening.Fit(Correlated(3, 30, seed: 8), new PcaWhiteningOptions { Shrinkage = 1.5 }, Cancellation)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Embed_ManyTimes_AllocatesNothing()
    {
        Matrix rows = Correlated(128, 300, seed: 8);
        PcaWhitening model = PcaWhitening.Fit(rows, PcaWhiteningOptions.Default, Cancellation);
        var embedding = new float[model.Dimension];
        for (int i = 0; i < 100; i++) model.Embed(rows.Row(i), embedding);
        Assert.Equal(0, Allocation.Of(() =>
        {

            for (int i = 0; i < 200; i++) model.Embed(rows.Row(i), embedding);

        }));
    }

    /// <summary>Rows whose columns depend on those before, some of them zero as in a layout.</summary>
    internal static Matrix Correlated(int dimension, int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var rows = new Matrix(count, dimension);
        for (int i = 0; i < count; i++)
        {
            Span<float> row = rows.Row(i);
            for (int j = 0; j < dimension; j++)
            {
                double noise = random.NextNormal();
                row[j] = (float)(j % 5 == 4 && random.Chance(0.3) ? 0 : ((j > 0 ? 0.6 * row[j - 1] : 0) + (noise / (1 + (0.1 * j))) + 0.3));
            }
        }

        return rows;
    }

    private static float[] Embed(IEmbeddingModel model, ReadOnlySpan<float> row)
    {
        var embedding = new float[model.Dimension];
        model.Embed(row, embedding);
        return embedding;
    }

    private static double[] Covariance(Matrix rows)
    {
        int d = rows.Columns;
        var mean = new double[d];
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < d; j++) mean[j] += rows.Row(i)[j] / (double)rows.Rows;
        var covariance = new double[d * d];
        for (int i = 0; i < rows.Rows; i++)
            for (int a = 0; a < d; a++)
                for (int b = 0; b < d; b++) covariance[(a * d) + b] += (rows.Row(i)[a] - mean[a]) * (rows.Row(i)[b] - mean[b]) / rows.Rows;
        return covariance;
    }

    /// <summary>Gauss and Jordan.</summary>
    private static double[] Invert(double[] matrix, int n)
    {
        var inverse = new double[n * n];
        for (int i = 0; i < n; i++) inverse[(i * n) + i] = 1;
        for (int p = 0; p < n; p++)
        {
            double pivot = matrix[(p * n) + p];
            for (int k = 0; k < n; k++)
            {
                matrix[(p * n) + k] /= pivot;
                inverse[(p * n) + k] /= pivot;
            }

            for (int i = 0; i < n; i++)
            {
                double factor = matrix[(i * n) + p];
                if (i == p || factor == 0) continue;
                for (int k = 0; k < n; k++)
                {
                    matrix[(i * n) + k] -= factor * matrix[(p * n) + k];
                    inverse[(i * n) + k] -= factor * inverse[(p * n) + k];
                }
            }
        }

        return inverse;
    }

    private static double Mahalanobis(ReadOnlySpan<float> left, ReadOnlySpan<float> right, double[] inverse)
    {
        int d = left.Length;
        double sum = 0;
        for (int a = 0; a < d; a++)
            for (int b = 0; b < d; b++) sum += (left[a] - (double)right[a]) * inverse[(a * d) + b] * (left[b] - (double)right[b]);
        return Math.Sqrt(sum);
    }
}
