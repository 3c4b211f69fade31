using System.Globalization;
using System.Numerics.Tensors;
using Ecart.Embedding;
using Ecart.MariaDb.Models;
using Ecart.Vectors;

namespace Ecart.App.Training;

/// <summary>Trains embedding models.</summary>
internal static class EmbeddingTraining
{
    public const string Whitening = "pca_whitening";
    public const string Autoencoder = "autoencoder_code";

    /// <summary>The kinds of embeddings that are trained here.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Whitening, Autoencoder];

    /// <summary>Trains a model on all rows, and another on the earlier ones, which tells what it does with the rest.</summary>
    public static TrainedModel Train(string kind, Matrix rows, int earlier, CancellationToken cancellationToken)
    {
        double heldOut = HeldOutVariance(Fit(kind, new Matrix(rows.Values, earlier, rows.Columns), cancellationToken).Model, rows, earlier);
        (IEmbeddingModel model, string figures) = Fit(kind, rows, cancellationToken);
        string metrics = string.Create(
            CultureInfo.InvariantCulture, $$"""{"components": {{model.Dimension}}, {{figures}}, "held_out_variance": {{heldOut:F4}}}""");
        return new TrainedModel(ModelSlot.Embedding, model.Kind, EmbeddingModels.Format, model.Save(), rows.Rows, metrics);
    }

    private static (IEmbeddingModel Model, string Figures) Fit(string kind, Matrix rows, CancellationToken cancellationToken)
    {
        if (kind == Autoencoder)
        {
            AutoencoderEmbedding network = AutoencoderEmbedding.Fit(rows, AutoencoderEmbeddingOptions.Default, cancellationToken);
            return (network, string.Create(CultureInfo.InvariantCulture, $"\"lost_variance\": {network.LostVariance:F6}"));
        }

        PcaWhitening whitening = PcaWhitening.Fit(rows, PcaWhiteningOptions.Default, cancellationToken);
        return (whitening, string.Create(
            CultureInfo.InvariantCulture, $"\"explained_variance\": {whitening.ExplainedVariance:F6}, \"shrinkage\": {whitening.Shrinkage:F6}"));
    }

    /// <summary>Mean square of a component over events that the model has not seen: 1 when they are like those that it has, more when they are not.</summary>
    private static double HeldOutVariance(IEmbeddingModel model, Matrix rows, int from)
    {
        var embedding = new float[model.Dimension];
        double sum = 0;
        for (int i = from; i < rows.Rows; i++)
        {
            model.Embed(rows.Row(i), embedding);
            sum += TensorPrimitives.SumOfSquares<float>(embedding);
        }

        return sum / (rows.Rows - from) / model.Dimension;
    }
}
