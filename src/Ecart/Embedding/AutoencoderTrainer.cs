using System.Numerics.Tensors;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Embedding;

/// <summary>Trains a network to give back its input, by gradients of the squared error with moments (Kingma and Ba, "Adam", 2015). Not thread-safe.</summary>
internal sealed class AutoencoderTrainer
{
    private const int BatchRows = 32;
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private readonly DenseLayer[] layers;
    private readonly float[][] values;
    private readonly float[][] deltas;
    private readonly float[][] gradients;
    private readonly float[][] means;
    private readonly float[][] squares;
    private int steps;

    public AutoencoderTrainer(int inputs, AutoencoderEmbeddingOptions options, SeededRandom random)
    {
        layers =
        [
            DenseLayer.Random(inputs, options.HiddenUnits, isBent: true, random),
            DenseLayer.Random(options.HiddenUnits, options.Components, isBent: false, random),
            DenseLayer.Random(options.Components, options.HiddenUnits, isBent: true, random),
            DenseLayer.Random(options.HiddenUnits, inputs, isBent: false, random),
        ];
        values = [new float[inputs], .. layers.Select(layer => new float[layer.Outputs])];
        deltas = [.. values.Select(value => new float[value.Length])];
        gradients = NewParameters();
        means = NewParameters();
        squares = NewParameters();
    }

    public DenseLayer Hidden => layers[0];

    public DenseLayer Code => layers[1];

    /// <summary>Trains over rows whose values vary by about 1.</summary>
    public void Train(Matrix rows, AutoencoderEmbeddingOptions options, SeededRandom random, CancellationToken cancellation)
    {
        int[] order = [.. Enumerable.Range(0, rows.Rows)];
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            for (int i = order.Length - 1; i > 0; i--)
            {
                int k = random.Next(i + 1);
                (order[i], order[k]) = (order[k], order[i]);
            }

            double rate = options.LearningRate * (1 - (0.9 * epoch / Math.Max(1, options.Epochs - 1)));
            for (int from = 0; from < order.Length; from += BatchRows)
            {
                cancellation.ThrowIfCancellationRequested();
                int to = Math.Min(order.Length, from + BatchRows);
                foreach (float[] gradient in gradients) gradient.AsSpan().Clear();
                for (int i = from; i < to; i++) AddGradient(rows.Row(order[i]));
                Step(rate, to - from);
            }
        }
    }

    /// <summary>Mean squared error of a row's values when it has passed the code.</summary>
    public double Error(ReadOnlySpan<float> row)
    {
        Forward(row);
        double distance = TensorPrimitives.Distance(row, values[^1]);
        return distance * distance / row.Length;
    }

    private void Forward(ReadOnlySpan<float> row)
    {
        row.CopyTo(values[0]);
        for (int i = 0; i < layers.Length; i++) layers[i].Run(values[i], values[i + 1]);
    }

    private void AddGradient(ReadOnlySpan<float> row)
    {
        Forward(row);
        TensorPrimitives.Subtract(values[^1], row, deltas[^1]);
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            float[] delta = deltas[l + 1];
            if (layers[l].IsBent) Unbend(values[l + 1], delta);
            TensorPrimitives.Add(gradients[2 * l], delta, gradients[2 * l]);
            float[] input = values[l];
            for (int j = 0; j < input.Length; j++)
            {
                Span<float> gradient = gradients[(2 * l) + 1].AsSpan(j * delta.Length, delta.Length);
                if (input[j] != 0) TensorPrimitives.MultiplyAdd(delta, input[j], gradient, gradient);
                if (l > 0) deltas[l][j] = TensorPrimitives.Dot<float>(layers[l].Column(j), delta);
            }
        }
    }

    /// <summary>The slope of x/(1 + |x|) is (1 − |y|)².</summary>
    private static void Unbend(float[] outputs, float[] delta)
    {
        for (int i = 0; i < delta.Length; i++)
        {
            float rest = 1 - Math.Abs(outputs[i]);
            delta[i] *= rest * rest;
        }
    }

    private void Step(double rate, int rows)
    {
        steps++;
        double scale = rate * Math.Sqrt(1 - Math.Pow(SquareDecay, steps)) / (1 - Math.Pow(MeanDecay, steps));
        for (int l = 0; l < layers.Length; l++)
        {
            Step(layers[l].Bias, 2 * l, scale, rows);
            Step(layers[l].Columns, (2 * l) + 1, scale, rows);
        }
    }

    private void Step(float[] parameters, int place, double scale, int rows)
    {
        float[] gradient = gradients[place];
        float[] mean = means[place];
        float[] square = squares[place];
        for (int i = 0; i < parameters.Length; i++)
        {
            float slope = gradient[i] / rows;
            mean[i] = (float)((MeanDecay * mean[i]) + ((1 - MeanDecay) * slope));
            square[i] = (float)((SquareDecay * square[i]) + ((1 - SquareDecay) * slope * slope));
            parameters[i] -= (float)(scale * mean[i] / (Math.Sqrt(square[i]) + 1e-8));
        }
    }

    private float[][] NewParameters() => [.. layers.SelectMany(layer => new[] { new float[layer.Outputs], new float[layer.Columns.Length] })];
}
