using System.Numerics.Tensors;
using Ecart.Numerics;

namespace Ecart.Detection.Batch.Reconstruction;

/// <summary>
/// Fully connected layers, tanh between them and none after the last, in one array of weights: of each layer its rows, one a neuron, then its biases. Activations of one
/// vector are one array too, layer after layer, the input first. Thread-safe unless its weights are changed.
/// </summary>
internal sealed class AutoencoderNetwork
{
    private readonly int[] sizes;

    /// <param name="sizes">Neurons of each layer, the input first.</param>
    /// <param name="weights">All weights and biases.</param>
    public AutoencoderNetwork(int[] sizes, float[] weights)
    {
        this.sizes = sizes;
        Weights = weights;
        if (weights.Length != WeightCount(sizes)) throw new ArgumentException($"{weights.Length} weights where {WeightCount(sizes)} are needed.", nameof(weights));
        foreach (int size in sizes) ActivationCount += size;
    }

    public float[] Weights { get; }

    public ReadOnlySpan<int> Sizes => sizes;

    /// <summary>Neurons of all layers, the input included.</summary>
    public int ActivationCount { get; }

    public static int WeightCount(int[] sizes)
    {
        int count = 0;
        for (int layer = 1; layer < sizes.Length; layer++) count = checked(count + (sizes[layer] * (sizes[layer - 1] + 1)));
        return count;
    }

    /// <summary>Weights of the size that keeps the variance of activations from layer to layer (X. Glorot, Y. Bengio 2010).</summary>
    public static AutoencoderNetwork Random(int[] sizes, SeededRandom random)
    {
        var weights = new float[WeightCount(sizes)];
        int position = 0;
        for (int layer = 1; layer < sizes.Length; layer++)
        {
            double limit = Math.Sqrt(6.0 / (sizes[layer] + sizes[layer - 1]));
            for (int i = 0; i < sizes[layer] * sizes[layer - 1]; i++) weights[position++] = (float)random.Between(-limit, limit);
            position += sizes[layer];
        }

        return new AutoencoderNetwork(sizes, weights);
    }

    /// <summary>Fills the activations behind the input.</summary>
    /// <param name="activations">Its first layer is the input.</param>
    /// <returns>The last layer: the reconstruction.</returns>
    public Span<float> Forward(Span<float> activations)
    {
        int weight = 0;
        int from = 0;
        for (int layer = 1; layer < sizes.Length; layer++)
        {
            Span<float> input = activations.Slice(from, sizes[layer - 1]);
            Span<float> output = activations.Slice(from + input.Length, sizes[layer]);
            for (int neuron = 0; neuron < output.Length; neuron++) output[neuron] = TensorPrimitives.Dot<float>(input, Weights.AsSpan(weight + (neuron * input.Length), input.Length));
            weight += output.Length * input.Length;
            TensorPrimitives.Add(output, Weights.AsSpan(weight, output.Length), output);
            weight += output.Length;
            if (layer < sizes.Length - 1) TensorPrimitives.Tanh(output, output);
            from += input.Length;
        }

        return activations[from..ActivationCount];
    }

    /// <summary>Adds to the gradient of the weights what one vector contributes.</summary>
    /// <param name="activations">As <see cref="Forward"/> left them.</param>
    /// <param name="deltas">As many; its last layer is the derivative of the loss with respect to the reconstruction, the others are overwritten.</param>
    /// <param name="gradient">One value a weight.</param>
    public void Backward(ReadOnlySpan<float> activations, Span<float> deltas, Span<float> gradient)
    {
        int weight = Weights.Length;
        int to = ActivationCount;
        for (int layer = sizes.Length - 1; layer > 0; layer--)
        {
            to -= sizes[layer];
            ReadOnlySpan<float> delta = deltas.Slice(to, sizes[layer]);
            ReadOnlySpan<float> input = activations.Slice(to - sizes[layer - 1], sizes[layer - 1]);
            Span<float> inputDelta = deltas.Slice(to - sizes[layer - 1], sizes[layer - 1]);
            Span<float> biases = gradient.Slice(weight - delta.Length, delta.Length);
            TensorPrimitives.Add(biases, delta, biases);
            weight -= delta.Length * (input.Length + 1);
            inputDelta.Clear();
            for (int neuron = 0; neuron < delta.Length; neuron++)
            {
                Span<float> row = gradient.Slice(weight + (neuron * input.Length), input.Length);
                TensorPrimitives.MultiplyAdd(input, delta[neuron], row, row);
                if (layer > 1) TensorPrimitives.MultiplyAdd(Weights.AsSpan(weight + (neuron * input.Length), input.Length), delta[neuron], inputDelta, inputDelta);
            }

            if (layer == 1) return;
            for (int i = 0; i < inputDelta.Length; i++) inputDelta[i] *= 1 - (input[i] * input[i]);
        }
    }
}
