using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Embedding;

/// <summary>
/// The code of an autoencoder, whitened: a network is trained to give its input back through a narrow layer (Hinton and Salakhutdinov, 2006); what passes
/// there, scaled to uncorrelated components of variance 1, is the embedding. It sees relations that are no straight lines, which
/// <see cref="PcaWhitening"/> cannot.
/// </summary>
public sealed class AutoencoderEmbedding : IEmbeddingModel
{
    internal const string KindName = "autoencoder_code";
    private const int LeastRows = 32;
    private const int MostHidden = 1024;
    private readonly DenseLayer hidden;
    private readonly DenseLayer code;

    private AutoencoderEmbedding(DenseLayer hidden, DenseLayer code)
    {
        this.hidden = hidden;
        this.code = code;
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int InputDimension => hidden.Inputs;

    /// <inheritdoc/>
    public int Dimension => code.Outputs;

    /// <summary>
    /// Share of the rows' variance that is lost on the way through the code, as far as it was just trained; NaN for a restored model.
    /// </summary>
    public double LostVariance { get; private init; } = double.NaN;

    /// <summary>Learns from rows that are taken for normal. The same rows and seed give the same model on one machine.</summary>
    /// <param name="rows">At least 32 rows of finite values.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="DetectorInputException">Fewer than 32 rows, a value that is not finite, or rows that do not differ.</exception>
    /// <exception cref="Scoring.OptionsException">An option is out of its range.</exception>
    public static AutoencoderEmbedding Fit(Matrix rows, AutoencoderEmbeddingOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (rows.Rows < LeastRows) throw new DetectorInputException($"{KindName}: there are {rows.Rows} rows to learn from; give at least {LeastRows}.");
        if (!rows.IsFinite()) throw new DetectorInputException($"{KindName}: a value of the rows is not finite; every value must be.");
        (float[] mean, float scale) = Spread(rows);
        if (!(scale > 0)) throw new DetectorInputException($"{KindName}: all {rows.Rows} rows are equal; there is nothing to learn from them.");
        Matrix scaled = Scale(rows, mean, scale);
        var random = new SeededRandom(options.Seed);
        var trainer = new AutoencoderTrainer(rows.Columns, options, random);
        trainer.Train(scaled, options, random, cancellation);
        double lost = 0;
        for (int i = 0; i < scaled.Rows; i++) lost += trainer.Error(scaled.Row(i)) / scaled.Rows;
        return new AutoencoderEmbedding(Unscale(trainer.Hidden, mean, scale), Whiten(trainer, scaled, cancellation)) { LostVariance = lost };
    }

    /// <inheritdoc/>
    public void Embed(ReadOnlySpan<float> input, Span<float> embedding)
    {
        if (input.Length != InputDimension) throw new DetectorInputException($"{KindName}: the vector has {input.Length} dimensions; it was trained on {InputDimension}.");
        if (embedding.Length != Dimension) throw new DetectorInputException($"{KindName}: there is room for {embedding.Length} values; an embedding has {Dimension}.");
        Span<float> inside = stackalloc float[hidden.Outputs];
        hidden.Run(input, inside);
        code.Run(inside, embedding);
    }

    /// <inheritdoc/>
    public byte[] Save() => EmbeddingModels.Pack(KindName, writer =>
    {
        writer.Floats(hidden.Bias);
        writer.Floats(hidden.Columns);
        writer.Floats(code.Bias);
        writer.Floats(code.Columns);
    });

    internal static AutoencoderEmbedding Read(ref ArtefactReader reader)
    {
        float[] hiddenBias = reader.Floats();
        float[] hiddenColumns = reader.Floats();
        float[] codeBias = reader.Floats();
        float[] codeColumns = reader.Floats();
        bool fits = hiddenBias.Length is > 0 and <= MostHidden && codeBias.Length > 0 && hiddenColumns.Length >= hiddenBias.Length
            && hiddenColumns.Length % hiddenBias.Length == 0 && codeColumns.Length == hiddenBias.Length * codeBias.Length;
        if (!fits) throw new ArtefactException("The embedding model is damaged: its layers do not fit together. Train again.");
        return new AutoencoderEmbedding(new DenseLayer(hiddenBias, hiddenColumns, isBent: true), new DenseLayer(codeBias, codeColumns, isBent: false));
    }

    /// <summary>Mean of each column, and one scale for all: how much each differs is part of what is to be learned.</summary>
    private static (float[] Mean, float Scale) Spread(Matrix rows)
    {
        var mean = new double[rows.Columns];
        double squares = 0;
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < mean.Length; j++) mean[j] += rows.Row(i)[j] / (double)rows.Rows;
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < mean.Length; j++) squares += (rows.Row(i)[j] - mean[j]) * (rows.Row(i)[j] - mean[j]);
        return ([.. mean.Select(value => (float)value)], (float)Math.Sqrt(squares / rows.Rows / rows.Columns));
    }

    private static Matrix Scale(Matrix rows, float[] mean, float scale)
    {
        var scaled = new Matrix(rows.Rows, rows.Columns);
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < mean.Length; j++) scaled.Row(i)[j] = (rows.Row(i)[j] - mean[j]) / scale;
        return scaled;
    }

    /// <summary>The first layer for rows as they are, so that their zeros stay zeros and cost nothing.</summary>
    private static DenseLayer Unscale(DenseLayer layer, float[] mean, float scale)
    {
        var bias = new float[layer.Outputs];
        var columns = new float[layer.Columns.Length];
        for (int k = 0; k < layer.Outputs; k++)
        {
            double shift = layer.Bias[k];
            for (int j = 0; j < mean.Length; j++)
            {
                double weight = layer.Column(j)[k] / (double)scale;
                columns[(j * layer.Outputs) + k] = (float)weight;
                shift -= weight * mean[j];
            }

            bias[k] = (float)shift;
        }

        return new DenseLayer(bias, columns, isBent: true);
    }

    /// <summary>The code's layer followed by the whitening of the codes of all rows, as one layer.</summary>
    private static DenseLayer Whiten(AutoencoderTrainer trainer, Matrix scaled, CancellationToken cancellation)
    {
        DenseLayer code = trainer.Code;
        var codes = new Matrix(scaled.Rows, code.Outputs);
        var inside = new float[trainer.Hidden.Outputs];
        for (int i = 0; i < scaled.Rows; i++)
        {
            trainer.Hidden.Run(scaled.Row(i), inside);
            code.Run(inside, codes.Row(i));
        }

        PcaWhitening whitening = PcaWhitening.Fit(codes, new PcaWhiteningOptions { ExplainedVariance = 1, Shrinkage = 0 }, cancellation);
        var bias = new float[whitening.Dimension];
        var columns = new float[code.Inputs * whitening.Dimension];
        whitening.Embed(code.Bias, bias);
        var origin = new float[whitening.Dimension];
        whitening.Embed(new float[code.Outputs], origin);
        for (int j = 0; j < code.Inputs; j++)
        {
            Span<float> column = columns.AsSpan(j * whitening.Dimension, whitening.Dimension);
            whitening.Embed(code.Column(j), column);
            for (int k = 0; k < column.Length; k++) column[k] -= origin[k];
        }

        return new DenseLayer(bias, columns, isBent: false);
    }
}
