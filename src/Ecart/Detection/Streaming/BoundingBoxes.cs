using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Ecart.Detection.Streaming;

/// <summary>The smallest boxes around the points below each inner node of a tree, and the sum of their sides. Grows to what was needed at most.</summary>
internal sealed class BoundingBoxes(int dimension)
{
    private float[] corners = [];
    private double[] sides = [];

    public long Bytes => (sizeof(float) * (long)corners.Length) + (sizeof(double) * (long)sides.Length);

    public Span<float> Lower(int box) => corners.AsSpan(2 * box * dimension, dimension);

    public Span<float> Upper(int box) => corners.AsSpan(((2 * box) + 1) * dimension, dimension);

    /// <summary>Sum of the sides of a box.</summary>
    public double Sides(int box) => sides[box];

    public void Reserve(int boxes)
    {
        if (boxes <= sides.Length) return;
        int capacity = Math.Max(16, sides.Length);
        while (capacity < boxes) capacity *= 2;
        Array.Resize(ref sides, capacity);
        Array.Resize(ref corners, 2 * capacity * dimension);
    }

    /// <summary>A box becomes the one around two others, each given by its corners.</summary>
    public void Enclose(
        int box, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, ReadOnlySpan<float> otherLower, ReadOnlySpan<float> otherUpper)
    {
        TensorPrimitives.Min(lower, otherLower, Lower(box));
        TensorPrimitives.Max(upper, otherUpper, Upper(box));
        sides[box] = Outside(Upper(box), Lower(box), Lower(box));
    }

    /// <summary>How far a point lies outside of a box, summed over the dimensions: by how much the sum of its sides would grow.</summary>
    public static double Outside(ReadOnlySpan<float> point, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper)
    {
        ReadOnlySpan<Vector<float>> points = MemoryMarshal.Cast<float, Vector<float>>(point);
        ReadOnlySpan<Vector<float>> lowers = MemoryMarshal.Cast<float, Vector<float>>(lower[..point.Length]);
        ReadOnlySpan<Vector<float>> uppers = MemoryMarshal.Cast<float, Vector<float>>(upper[..point.Length]);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < points.Length; i++)
            sum += Vector.Max(Vector.Max(lowers[i] - points[i], points[i] - uppers[i]), Vector<float>.Zero);
        double total = Vector.Sum(sum);
        for (int j = points.Length * Vector<float>.Count; j < point.Length; j++)
            total += Math.Max(Math.Max(lower[j] - point[j], point[j] - upper[j]), 0);
        return total;
    }

    /// <summary>True when a box stays as it is without the point.</summary>
    public bool IsStrictlyInside(ReadOnlySpan<float> point, int box)
    {
        ReadOnlySpan<float> lower = Lower(box);
        ReadOnlySpan<float> upper = Upper(box);
        for (int j = 0; j < point.Length; j++)
            if (point[j] <= lower[j] || point[j] >= upper[j]) return false;
        return true;
    }
}
