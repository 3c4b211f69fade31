using System.Buffers;
using System.Numerics.Tensors;
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

    public PrincipalAxes Axes => axes;

    public double Score(ReadOnlySpan<float> vector)
    {
        int needed = axes.Dimension + weights.Length;
        double[]? rented = needed > StackValues ? ArrayPool<double>.Shared.Rent(needed) : null;
        Span<double> buffer = rented ?? stackalloc double[StackValues];
        Span<double> standardised = buffer[..axes.Dimension];
        Span<double> coordinates = buffer.Slice(axes.Dimension, weights.Length);
        axes.Standardise(vector, standardised);
        axes.Project(standardised, coordinates);
        double square = TensorPrimitives.SumOfSquares<double>(standardised);
        double sum = 0;
        double rest = square;
        for (int axis = 0; axis < coordinates.Length; axis++)
        {
            double coordinate = coordinates[axis];
            rest -= coordinate * coordinate;
            sum += weights[axis] * Part(square, coordinate);
        }

        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
        return Finite(sum + Other(square, rest));
    }

    public void Score(Matrix rows, int first, Span<double> scores)
    {
        int needed = (axes.Dimension + weights.Length) * AxisProjection.Block;
        double[] buffer = ArrayPool<double>.Shared.Rent(needed);
        Span<double> columns = buffer.AsSpan(0, axes.Dimension * AxisProjection.Block);
        Span<double> coordinates = buffer.AsSpan(columns.Length, weights.Length * AxisProjection.Block);
        for (int from = 0; from < scores.Length; from += AxisProjection.Block)
            ScoreBlock(rows, first + from, scores.Slice(from, Math.Min(AxisProjection.Block, scores.Length - from)), columns, coordinates);
        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>What each dimension adds; the parts add up to the score.</summary>
    public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        var z = new double[axes.Dimension];
        var coordinates = new double[weights.Length];
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
    private void ExplainSquares(double[] z, double[] coordinates, Span<double> contributions)
    {
        var rest = (double[])z.Clone();
        contributions.Clear();
        for (int axis = 0; axis < coordinates.Length; axis++)
        {
            TensorPrimitives.MultiplyAdd(axes.Axis(axis), -coordinates[axis], rest, rest);
            TensorPrimitives.MultiplyAdd(axes.Axis(axis), coordinates[axis] * Math.Sqrt(weights[axis]), contributions, contributions);
        }

        TensorPrimitives.MultiplyAdd(rest, Math.Sqrt(otherWeight), contributions, contributions);
        TensorPrimitives.Multiply(contributions, contributions, contributions);
    }

    private void ExplainDistances(double[] z, double[] coordinates, Span<double> contributions)
    {
        contributions.Clear();
        double square = TensorPrimitives.SumOfSquares<double>(z);
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

    private void ScoreBlock(Matrix rows, int first, Span<double> scores, Span<double> columns, Span<double> coordinates)
    {
        ReadOnlySpan<double> means = axes.Means;
        ReadOnlySpan<double> scales = axes.Scales;
        if (scores.Length < AxisProjection.Block) columns.Clear();
        for (int row = 0; row < scores.Length; row++)
        {
            ReadOnlySpan<float> values = rows.Row(first + row);
            for (int column = 0; column < values.Length; column++)
                columns[(column * AxisProjection.Block) + row] = (values[column] - means[column]) * scales[column];
        }

        AxisProjection.Project(columns, axes.Axes.AsSpan(0, weights.Length * axes.Dimension), coordinates);
        Span<double> squares = stackalloc double[AxisProjection.Block];
        squares.Clear();
        for (int column = 0; column < means.Length; column++) AddSquares(columns.Slice(column * AxisProjection.Block, AxisProjection.Block), 1, squares);
        Span<double> rest = stackalloc double[AxisProjection.Block];
        Span<double> sums = stackalloc double[AxisProjection.Block];
        squares.CopyTo(rest);
        sums.Clear();
        for (int axis = 0; axis < weights.Length; axis++)
        {
            ReadOnlySpan<double> along = coordinates.Slice(axis * AxisProjection.Block, AxisProjection.Block);
            AddSquares(along, -1, rest);
            if (!distances) AddSquares(along, weights[axis], sums);
            else for (int row = 0; row < sums.Length; row++) sums[row] += weights[axis] * Part(squares[row], along[row]);
        }

        for (int row = 0; row < scores.Length; row++) scores[row] = Finite(sums[row] + Other(squares[row], rest[row]));
    }

    private static void AddSquares(ReadOnlySpan<double> values, double weight, Span<double> sums)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] += weight * values[i] * values[i];
    }

    private double Part(double square, double coordinate) =>
        distances ? Math.Sqrt(Math.Max(0, square - (2 * coordinate) + 1)) : coordinate * coordinate;

    private double Other(double square, double rest) => otherWeight * (distances ? Math.Sqrt(square + 1) : Math.Max(0, rest));

    /// <summary>The largest floats, squared, scaled and weighted, stay below the largest double; what a wrong artefact holds may not.</summary>
    private static double Finite(double value) => Math.Min(value, double.MaxValue);
}
