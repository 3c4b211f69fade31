using System.Numerics.Tensors;

namespace Ecart.Vectors;

/// <summary>The few vector operations that scoring needs, over spans, without allocation.</summary>
public static class VectorMath
{
    /// <summary>Scales <paramref name="vector"/> to Euclidean length 1. A zero vector stays zero.</summary>
    /// <returns>The length before.</returns>
    public static float NormalizeInPlace(Span<float> vector)
    {
        float norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0) TensorPrimitives.Divide(vector, norm, vector);
        return norm;
    }

    /// <summary>Euclidean distance of two vectors of equal length.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Distance(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => TensorPrimitives.Distance(left, right);

    /// <summary>Squared difference of each element: what each adds to the squared distance.</summary>
    /// <param name="left">A vector.</param>
    /// <param name="right">Another of equal length.</param>
    /// <param name="squares">Receives as many numbers, 0 and more.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void SquaredDifferences(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<double> squares)
    {
        if (left.Length != right.Length || left.Length != squares.Length)
            throw new ArgumentException($"Vectors of {left.Length} and {right.Length} elements have no {squares.Length} squared differences.", nameof(squares));
        for (int i = 0; i < left.Length; i++) squares[i] = ((double)left[i] - right[i]) * ((double)left[i] - right[i]);
    }

    /// <summary>
    /// Euclidean distance of a vector and a longer one, as if the shorter were padded with zeros. Shared tables keep
    /// every pattern at 256 floats.
    /// </summary>
    public static double DistancePadded(ReadOnlySpan<float> vector, ReadOnlySpan<float> padded)
    {
        double head = TensorPrimitives.Distance(vector, padded[..vector.Length]);
        if (padded.Length == vector.Length) return head;
        double tail = TensorPrimitives.Norm(padded[vector.Length..]);
        return Math.Sqrt((head * head) + (tail * tail));
    }

    /// <summary>True when every element is finite.</summary>
    public static bool IsFinite(ReadOnlySpan<float> vector) => TensorPrimitives.IsFiniteAll(vector);
}
