using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Embedding;
using Ecart.Numerics;
using Ecart.TestKit;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Embedding;

public sealed class AutoencoderEmbeddingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly AutoencoderEmbeddingOptions Quick = new() { Components = 2, HiddenUnits = 16, Epochs = 40, LearningRate = 0.01 };

    [Fact]
    public void Fit_RowsOnACurvedSheet_LosesLessThanStraightComponents()
    {
        Matrix rows = Sheet(1500, seed: 1);

        double lost = AutoencoderEmbedding.Fit(rows, Quick, Cancellation).LostVariance;

        double straight = 1 - PcaWhitening.Fit(rows, new PcaWhiteningOptions { MaximumComponents = 2, ExplainedVariance = 1, Shrinkage = 0 }, Cancellation).ExplainedVariance;
        Assert.InRange(lost, 0, 0.7 * straight);
    }

    [Fact]
    public void Embed_TrainingRows_HasUncorrelatedComponentsOfVarianceOne()
    {
        Matrix rows = Sheet(800, seed: 2);
        AutoencoderEmbedding model = AutoencoderEmbedding.Fit(rows, Quick, Cancellation);
        float[][] embedded = [.. Enumerable.Range(0, rows.Rows).Select(i => Embed(model, rows.Row(i)))];

        Assert.Equal(2, model.Dimension);
        for (int j = 0; j < 2; j++)
        {
            Assert.Equal(0, embedded.Average(vector => vector[j]), 1e-3);
            Assert.Equal(1, embedded.Average(vector => vector[j] * vector[j]), 1e-2);
        }

        Assert.Equal(0, embedded.Average(vector => vector[0] * vector[1]), 1e-2);
    }

    [Fact]
    public void Fit_TheSameRowsAndSeed_GivesTheSameBytes()
    {
        Matrix rows = Sheet(200, seed: 3);
        AutoencoderEmbeddingOptions options = Quick with { Epochs = 3 };

        Assert.Equal(AutoencoderEmbedding.Fit(rows, options, Cancellation).Save(), AutoencoderEmbedding.Fit(rows, options, Cancellation).Save());
        Assert.NotEqual(AutoencoderEmbedding.Fit(rows, options, Cancellation).Save(), AutoencoderEmbedding.Fit(rows, options with { Seed = 2 }, Cancellation).Save());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void Restore_SavedModel_EmbedsTheSameToTheLastBit(int dimension)
    {
        Matrix rows = PcaWhiteningTests.Correlated(dimension, 60, seed: 8);
        AutoencoderEmbedding model = AutoencoderEmbedding.Fit(rows, Quick with { Epochs = 2 }, Cancellation);

        IEmbeddingModel restored = EmbeddingModels.Restore(model.Save());

        Assert.Equal((model.Kind, model.InputDimension, model.Dimension), (restored.Kind, restored.InputDimension, restored.Dimension));
        for (int i = 0; i < 20; i++)
        {
            float[] expected = Embed(model, rows.Row(i));
            Assert.Equal(expected, Embed(restored, rows.Row(i)));
            Assert.All(expected, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Embed_ManyTimes_AllocatesNothing()
    {
        Matrix rows = PcaWhiteningTests.Correlated(128, 60, seed: 8);
        AutoencoderEmbedding model = AutoencoderEmbedding.Fit(rows, AutoencoderEmbeddingOptions.Default with { Epochs = 1 }, Cancellation);
        var embedding = new float[model.Dimension];
        for (int i = 0; i < 50; i++) model.Embed(rows.Row(i), embedding);
        Assert.Equal(0, Allocation.Of(() =>
        {

            for (int i = 0; i < 50; i++) model.Embed(rows.Row(i), embedding);

        }));
    }

    [Fact]
    public void Fit_RowsThatCannotBeLearnedFrom_AreRefused()
    {
        Matrix notFinite = Sheet(50, seed: 1);
        notFinite.Row(3)[1] = float.NaN;

        Assert.Throws<DetectorInputException>(() => AutoencoderEmbedding.Fit(Sheet(31, seed: 1), Quick, Cancellation));
        Assert.Throws<DetectorInputException>(() => AutoencoderEmbedding.Fit(new Matrix(0, 3), Quick, Cancellation));
        Assert.Throws<DetectorInputException>(() => AutoencoderEmbedding.Fit(new Matrix(50, 3), Quick, Cancellation));
        Assert.Throws<DetectorInputException>(() => AutoencoderEmbedding.Fit(notFinite, Quick, Cancellation));
    }

    [Fact]
    public void Restore_Damaged_IsRefused()
    {
        byte[] saved = AutoencoderEmbedding.Fit(Sheet(50, seed: 1), Quick with { Epochs = 1 }, Cancellation).Save();
        saved[^40] ^= 1;

        Assert.Throws<ArtefactException>(() => EmbeddingModels.Restore(saved));
    }

    /// <summary>Six measures of two causes, none of them a straight line.</summary>
    private static Matrix Sheet(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var rows = new Matrix(count, 6);
        for (int i = 0; i < count; i++)
        {
            (double a, double b) = (random.Between(-1.5, 1.5), random.Between(-1.5, 1.5));
            double[] row = [a, b, Math.Sin(2 * a), Math.Cos(2 * b), a * b, (a * a) - 0.5];
            for (int j = 0; j < row.Length; j++) rows.Row(i)[j] = (float)(row[j] + (0.02 * random.NextNormal()));
        }

        return rows;
    }

    private static float[] Embed(IEmbeddingModel model, ReadOnlySpan<float> row)
    {
        var embedding = new float[model.Dimension];
        model.Embed(row, embedding);
        return embedding;
    }
}
