using System.Numerics.Tensors;
using Ecart.Numerics;

namespace Ecart.Embedding;

/// <summary>
/// One layer of a network: y = f(b + Σ xⱼ wⱼ) over the columns wⱼ, f the identity or x/(1 + |x|). Both are made of additions, multiplications and divisions
/// alone, element by element, so that the same input gives the same output on every machine.
/// </summary>
internal sealed class DenseLayer(float[] bias, float[] columns, bool isBent)
{
    public int Inputs => columns.Length / bias.Length;

    public int Outputs => bias.Length;

    public float[] Bias => bias;

    /// <summary>Weights: those of an input together.</summary>
    public float[] Columns => columns;

    public bool IsBent => isBent;

    public static DenseLayer Random(int inputs, int outputs, bool isBent, SeededRandom random)
    {
        double bound = Math.Sqrt(6.0 / (inputs + outputs));
        var columns = new float[inputs * outputs];
        for (int i = 0; i < columns.Length; i++) columns[i] = (float)random.Between(-bound, bound);
        return new DenseLayer(new float[outputs], columns, isBent);
    }

    public Span<float> Column(int input) => columns.AsSpan(input * bias.Length, bias.Length);

    public void Run(ReadOnlySpan<float> input, Span<float> output)
    {
        bias.CopyTo(output);
        for (int j = 0; j < input.Length; j++)
            if (input[j] != 0) TensorPrimitives.MultiplyAdd(Column(j), input[j], output, output);
        if (!isBent) return;
        foreach (ref float value in output) value /= 1 + Math.Abs(value);
    }
}
