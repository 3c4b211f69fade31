using System.Numerics.Tensors;

namespace Ecart.Detection.Batch.Reconstruction;

/// <summary>Adam: steps along the running mean of the gradient, divided by the root of the running mean of its square.</summary>
/// <remarks>D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015, with the defaults of the paper.</remarks>
internal sealed class AdamOptimizer(int count, double learningRate)
{
    private const float MeanDecay = 0.9f;
    private const float SquareDecay = 0.999f;
    private const float Least = 1e-8f;

    private readonly float[] means = new float[count];
    private readonly float[] squares = new float[count];
    private readonly float[] buffer = new float[count];
    private int steps;

    public void Step(Span<float> weights, ReadOnlySpan<float> gradient)
    {
        steps++;
        TensorPrimitives.Multiply(means, MeanDecay, means);
        TensorPrimitives.MultiplyAdd(gradient, 1 - MeanDecay, means, means);
        TensorPrimitives.Multiply(gradient, gradient, buffer);
        TensorPrimitives.Multiply(squares, SquareDecay, squares);
        TensorPrimitives.MultiplyAdd(buffer, 1 - SquareDecay, squares, squares);
        double size = learningRate * Math.Sqrt(1 - Math.Pow(SquareDecay, steps)) / (1 - Math.Pow(MeanDecay, steps));
        TensorPrimitives.Sqrt(squares, buffer);
        TensorPrimitives.Add(buffer, Least, buffer);
        TensorPrimitives.Divide(means, buffer, buffer);
        TensorPrimitives.MultiplyAdd(buffer, (float)-size, weights, weights);
    }
}
