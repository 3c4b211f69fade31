using Ecart.Detection.Batch;
using Ecart.Onnx;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Training;

public sealed class OnnxEmbeddingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(128, 16)]
    public void Embed_MatrixProduct_IsTheProduct(int inputs, int outputs)
    {
        float[] weights = [.. Enumerable.Range(0, inputs * outputs).Select(i => ((i % 13) - 6) / 8f)];
        using var model = OnnxEmbedding.Read(TinyOnnxModel.Product(inputs, outputs, weights));
        float[] input = [.. Enumerable.Range(0, inputs).Select(i => 1f / (i + 2))];
        var embedding = new float[outputs];

        model.Embed(input, embedding);

        Assert.Equal(("onnx", inputs, outputs), (model.Kind, model.InputDimension, model.Dimension));
        for (int j = 0; j < outputs; j++) Assert.Equal(Enumerable.Range(0, inputs).Sum(i => input[i] * (double)weights[(i * outputs) + j]), embedding[j], 1e-5);
    }

    [Fact]
    public async Task Embed_ManyThreads_GivesEachItsOwn()
    {
        using var model = OnnxEmbedding.Read(TinyOnnxModel.Product(4, 4, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            float[] input = [thread, thread + 1, thread + 2, thread + 3];
            var embedding = new float[4];
            for (int i = 0; i < 500; i++)
            {
                model.Embed(input, embedding);
                Assert.Equal(input, embedding);
            }
        })));
    }

    [Fact]
    public void Embed_ManyTimes_AllocatesNothing()
    {
        using var model = OnnxEmbedding.Read(TinyOnnxModel.Product(128, 8, new float[128 * 8]));
        var (input, embedding) = (new float[128], new float[8]);
        EmbedAHundredTimes();
        Assert.Equal(0, Allocation.Of(EmbedAHundredTimes));

        void EmbedAHundredTimes()
        {
            for (int i = 0; i < 100; i++) model.Embed(input, embedding);
        }
    }

    [Fact]
    public void Embed_OverflowingModel_GivesNoInfinity()
    {
        using var model = OnnxEmbedding.Read(TinyOnnxModel.Product(2, 2, [1e30f, 0, 0, 1]));
        var embedding = new float[2];

        model.Embed([1e30f, 3], embedding);

        Assert.Equal([0, 3], embedding);
    }

    [Fact]
    public void Save_ReadAgain_EmbedsTheSame()
    {
        byte[] file = TinyOnnxModel.Product(3, 2, [1, 2, 3, 4, 5, 6]);
        using var model = OnnxEmbedding.Read(file);

        Assert.Equal(file, model.Save());
    }

    [Fact]
    public void Read_NoModel_SaysSo()
    {
        byte[] file = TinyOnnxModel.Product(3, 2, [1, 2, 3, 4, 5, 6]);

        Assert.Contains("no ONNX model", Assert.Throws<ArtefactException>(() => OnnxEmbedding.Read([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArtefactException>(() => OnnxEmbedding.Read(file[..^9]));
        Assert.Throws<ArtefactException>(() => OnnxEmbedding.Read([]));
    }
}
