using System.Buffers;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Reconstruction;

/// <summary>
/// A small neural network that must pass each row through a narrow layer: what it has not learned to reconstruct is strange. Score: the squared error, each dimension in units of
/// its standard deviation, mean over the dimensions.
/// </summary>
/// <remarks>
/// M. Sakurada, T. Yairi, Anomaly detection using autoencoders with nonlinear dimensionality reduction, MLSDA 2014. Five layers, tanh, Adam, stopped early by rows held
/// back, seeded. For training and as its input a value counts for at most 10 standard deviations; the error is that of the whole value. Training takes about a second, whatever the
/// number of rows.
/// </remarks>
public sealed class Autoencoder : BatchDetector
{
    private const float Farthest = 10;
    private const int StackValues = 1024;

    private readonly AutoencoderOptions options;
    private Model? model;

    /// <summary>Makes one with default options.</summary>
    public Autoencoder()
        : this(new AutoencoderOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public Autoencoder(AutoencoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate("autoencoder");
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Kind => "autoencoder";

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        ColumnMoments moments = ColumnMoments.Of(rows, cancellation);
        double[] scales = moments.Scales;
        var standardised = new Matrix(rows.Rows, rows.Columns);
        for (int row = 0; row < rows.Rows; row++) Model.Limit(rows.Row(row), moments.Means, scales, standardised.Row(row));
        var fitted = new Model(moments.Means, scales, new AutoencoderTraining(standardised, options, cancellation).Run());
        var scores = new double[rows.Rows];
        RowBlocks.Score(rows, scores, options.Threads, fitted.Score, cancellation);
        model = fitted;
        return scores;
    }

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector) => model!.Score(vector);

    /// <inheritdoc/>
    protected override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation) =>
        RowBlocks.Score(rows, scores, options.Threads, model!.Score, cancellation);

    /// <summary>The squared error of each dimension; their mean is the score.</summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions) => model!.Explain(vector, contributions);

    internal override void WriteLearned(ArtefactWriter writer) => model!.Write(writer);

    internal override void ReadLearned(ref ArtefactReader reader, int dimension) => model = Model.Read(ref reader, dimension);

    private sealed record Model(double[] Means, double[] Scales, AutoencoderNetwork Network)
    {
        public static void Limit(ReadOnlySpan<float> vector, double[] means, double[] scales, Span<float> input)
        {
            for (int i = 0; i < vector.Length; i++) input[i] = (float)Math.Clamp((vector[i] - means[i]) * scales[i], -Farthest, Farthest);
        }

        public double Score(ReadOnlySpan<float> vector)
        {
            float[]? rented = Network.ActivationCount > StackValues ? ArrayPool<float>.Shared.Rent(Network.ActivationCount) : null;
            Span<float> activations = rented ?? stackalloc float[StackValues];
            ReadOnlySpan<float> output = Reconstruct(vector, activations);
            double sum = 0;
            for (int i = 0; i < vector.Length; i++) sum += Error(vector[i], i, output[i]);
            if (rented is not null) ArrayPool<float>.Shared.Return(rented);
            return sum / vector.Length;
        }

        public void Score(Matrix rows, int first, Span<double> scores)
        {
            for (int i = 0; i < scores.Length; i++) scores[i] = Score(rows.Row(first + i));
        }

        public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
        {
            using var activations = new Scratch<float>(Network.ActivationCount);
            ReadOnlySpan<float> output = Reconstruct(vector, activations.Span);
            for (int i = 0; i < vector.Length; i++) contributions[i] = Error(vector[i], i, output[i]);
        }

        public void Write(ArtefactWriter writer)
        {
            writer.Doubles(Means);
            writer.Doubles(Scales);
            writer.Ints(Network.Sizes);
            writer.Floats(Network.Weights);
        }

        public static Model Read(ref ArtefactReader reader, int dimension)
        {
            double[] means = reader.Doubles(dimension);
            double[] scales = reader.Doubles(dimension);
            int[] sizes = reader.Ints(5);
            if (sizes[0] != dimension || sizes[^1] != dimension || sizes.AsSpan(1, 3).ContainsAnyExceptInRange(1, 1024))
                throw new ArtefactException($"The artefact is damaged: layers of {string.Join(", ", sizes)} for {dimension} dimensions. Restore it from a backup or train again.");
            return new Model(means, scales, new AutoencoderNetwork(sizes, reader.Floats(AutoencoderNetwork.WeightCount(sizes))));
        }

        private Span<float> Reconstruct(ReadOnlySpan<float> vector, Span<float> activations)
        {
            Limit(vector, Means, Scales, activations);
            return Network.Forward(activations);
        }

        private double Error(float value, int dimension, float output)
        {
            double error = ((value - Means[dimension]) * Scales[dimension]) - output;
            return error * error;
        }
    }
}
