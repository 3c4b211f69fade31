using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Axes;

/// <summary>
/// Scores by the coordinates of a standardised vector along axes: each axis has a weight for what its coordinate adds, and what lies off all axes has one for its
/// squared length. Thread-safe.
/// </summary>
/// <param name="axes">The axes that are used.</param>
/// <param name="distances">True: an axis adds the distance to its unit vector. False: the squared coordinate.</param>
/// <param name="weights">One an axis.</param>
/// <param name="otherWeight">Of what is off the axes: its squared length, or the distance from a unit vector at right angles.</param>
internal sealed class AxisScorer(PrincipalAxes axes, bool distances, double[] weights, double otherWeight)
{
    private const int StackValues = 1024;

    /// <summary>Rows that are scored together: few enough to stay in the fastest cache.</summary>
    private const int Block = 16 * AxisProjection.Together;

    private readonly double[] transposed = AxisProjection.Transpose(axes.Axes.AsSpan(0, weights.Length * axes.Dimension), weights.Length);
    private readonly double[] paddedWeights = [.. weights, .. new double[AxisProjection.Padded(weights.Length) - weights.Length]];

    public PrincipalAxes Axes => axes;

    public double Score(ReadOnlySpan<float> vector)
    {
        int needed = axes.Dimension + paddedWeights.Length;
        double[]? rented = needed > StackValues ? ArrayPool<double>.Shared.Rent(needed) : null;
        Span<double> buffer = rented ?? stackalloc double[StackValues];
        Span<double> standardised = buffer[..axes.Dimension];
        Span<double> coordinates = buffer.Slice(axes.Dimension, paddedWeights.Length);
        double square = Standardise(vector, axes.Means, axes.Scales, standardised);
        AxisProjection.ProjectOne(standardised, transposed, coordinates);
        double score = Combine(square, coordinates);
        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
        return score;
    }

    public void Score(Matrix rows, int first, Span<double> scores)
    {
        double[] buffer = ArrayPool<double>.Shared.Rent((axes.Dimension + paddedWeights.Length) * Block);
        Span<double> block = buffer.AsSpan(0, axes.Dimension * Block);
        Span<double> coordinates = buffer.AsSpan(block.Length, paddedWeights.Length * Block);
        for (int from = 0; from < scores.Length; from += Block)
            ScoreBlock(rows, first + from, scores.Slice(from, Math.Min(Block, scores.Length - from)), block, coordinates);
        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>What each dimension adds; the parts add up to the score.</summary>
    public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        using var standard = new Scratch<double>(axes.Dimension);
        using var projected = new Scratch<double>(weights.Length);
        Span<double> z = standard.Span;
        Span<double> coordinates = projected.Span;
        axes.Standardise(vector, z);
        axes.Project(z, coordinates);
        if (distances) ExplainDistances(z, coordinates, contributions);
        else ExplainSquares(z, coordinates, contributions);
        foreach (ref double contribution in contributions) contribution = Finite(contribution);
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Int(distances ? 1 : 0);
        writer.Doubles(axes.Means);
        writer.Doubles(axes.Scales);
        writer.Doubles(weights);
        writer.Doubles(axes.Axes.AsSpan(0, weights.Length * axes.Dimension));
        writer.Double(otherWeight);
    }

    public static AxisScorer Read(ref ArtefactReader reader, int dimension)
    {
        bool distances = reader.Int(0, 1) == 1;
        double[] means = reader.Doubles(dimension);
        double[] scales = reader.Doubles(dimension);
        double[] weights = reader.Doubles();
        double[] axes = reader.Doubles(checked(weights.Length * dimension));
        var read = new PrincipalAxes { Means = means, Scales = scales, Variances = new double[weights.Length], Axes = axes, OtherVariance = 0 };
        return new AxisScorer(read, distances, weights, reader.Double());
    }

    /// <summary>
    /// The vector that has the score as its squared length, by the symmetric root of the quadratic form: of all such roots its dimensions stay closest to the
    /// original ones. P. Garthwaite, I. Koch, Evaluating the contributions of individual variables to a quadratic form, 2016.
    /// </summary>
    private void ExplainSquares(ReadOnlySpan<double> z, ReadOnlySpan<double> coordinates, Span<double> contributions)
    {
        using var scratch = new Scratch<double>(z.Length);
        Span<double> rest = scratch.Span;
        z.CopyTo(rest);
        contributions.Clear();
        for (int axis = 0; axis < coordinates.Length; axis++)
        {
            TensorPrimitives.MultiplyAdd(axes.Axis(axis), -coordinates[axis], rest, rest);
            TensorPrimitives.MultiplyAdd(axes.Axis(axis), coordinates[axis] * Math.Sqrt(weights[axis]), contributions, contributions);
        }

        TensorPrimitives.MultiplyAdd(rest, Math.Sqrt(otherWeight), contributions, contributions);
        TensorPrimitives.Multiply(contributions, contributions, contributions);
    }

    private void ExplainDistances(ReadOnlySpan<double> z, ReadOnlySpan<double> coordinates, Span<double> contributions)
    {
        contributions.Clear();
        double square = TensorPrimitives.SumOfSquares(z);
        for (int axis = 0; axis < coordinates.Length; axis++)
        {
            double distance = Part(square, coordinates[axis]);
            if (distance == 0) continue;
            ReadOnlySpan<double> direction = axes.Axis(axis);
            for (int i = 0; i < z.Length; i++) contributions[i] += weights[axis] * (z[i] - direction[i]) * ((z[i] - direction[i]) / distance);
        }

        double other = Math.Sqrt(square + 1);
        for (int i = 0; i < z.Length; i++) contributions[i] += otherWeight * ((z[i] * (z[i] / other)) + (1 / (other * z.Length)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScoreBlock(Matrix rows, int first, Span<double> scores, Span<double> block, Span<double> coordinates)
    {
        int d = axes.Dimension;
        Span<double> squares = stackalloc double[Block];
        if (scores.Length < Block) block.Clear();
        for (int row = 0; row < scores.Length; row++) squares[row] = Standardise(rows.Row(first + row), axes.Means, axes.Scales, block.Slice(row * d, d));
        AxisProjection.Project(block, d, transposed, coordinates);
        for (int row = 0; row < scores.Length; row++)
            scores[row] = Combine(squares[row], coordinates.Slice(row * paddedWeights.Length, paddedWeights.Length));
    }

    /// <summary>Centres and scales a vector.</summary>
    /// <returns>Its squared length.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Standardise(ReadOnlySpan<float> values, ReadOnlySpan<double> means, ReadOnlySpan<double> scales, Span<double> standardised)
    {
        Vector<double> squares = Vector<double>.Zero;
        int column = 0;
        for (; column + Vector<float>.Count <= values.Length; column += Vector<float>.Count)
        {
            int next = column + Vector<double>.Count;
            Vector.Widen(new Vector<float>(values[column..]), out Vector<double> low, out Vector<double> high);
            low = (low - new Vector<double>(means[column..])) * new Vector<double>(scales[column..]);
            high = (high - new Vector<double>(means[next..])) * new Vector<double>(scales[next..]);
            low.CopyTo(standardised[column..]);
            high.CopyTo(standardised[next..]);
            squares = Vector.FusedMultiplyAdd(low, low, Vector.FusedMultiplyAdd(high, high, squares));
        }

        double square = Vector.Sum(squares);
        for (; column < values.Length; column++)
        {
            double value = standardised[column] = (values[column] - means[column]) * scales[column];
            square += value * value;
        }

        return square;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Combine(double square, ReadOnlySpan<double> coordinates)
    {
        var whole = new Vector<double>(square + 1);
        Vector<double> sums = Vector<double>.Zero, squares = Vector<double>.Zero;
        ReadOnlySpan<Vector<double>> lanes = MemoryMarshal.Cast<double, Vector<double>>(coordinates);
        ReadOnlySpan<Vector<double>> factors = MemoryMarshal.Cast<double, Vector<double>>(paddedWeights);
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            Vector<double> along = lanes[lane], part = along * along;
            squares += part;
            if (distances) part = Vector.SquareRoot(Vector.Max(Vector<double>.Zero, whole - along - along));
            sums = Vector.FusedMultiplyAdd(factors[lane], part, sums);
        }

        return Finite(Vector.Sum(sums) + Other(square, square - Vector.Sum(squares)));
    }

    private double Part(double square, double coordinate) =>
        distances ? Math.Sqrt(Math.Max(0, square - (2 * coordinate) + 1)) : coordinate * coordinate;

    private double Other(double square, double rest) => otherWeight * (distances ? Math.Sqrt(square + 1) : Math.Max(0, rest));

    /// <summary>The largest floats, squared, scaled and weighted, stay below the largest double; what a wrong artefact holds may not.</summary>
    private static double Finite(double value) => Math.Min(value, double.MaxValue);
}
