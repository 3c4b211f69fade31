using System.Numerics.Tensors;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Axes;

/// <summary>
/// Searches the rows of given number whose shrunk covariance has the least determinant. From each start the covariance of a subset and the rows nearest by it replace each
/// other, which never makes the determinant larger; the best few go on until nothing changes.
/// </summary>
/// <remarks>
/// P. Rousseeuw, K. Van Driessen, A fast algorithm for the minimum covariance determinant estimator, Technometrics 1999; shrinkage after K. Boudt et al., The minimum
/// regularized covariance determinant estimator, 2020; starts that follow from the rows after M. Hubert et al., A deterministic algorithm for robust location and scatter, 2012.
/// </remarks>
internal sealed class MinimumDeterminant(Matrix rows, double support, int threads, CancellationToken cancellation)
{
    private const int FirstSteps = 2;
    private const int MostSteps = 30;
    private const int Best = 3;

    /// <summary>The search starts on a part of the rows; all of them only refine what it found.</summary>
    private const int StartRows = 1500;

    private readonly int size = Math.Clamp((int)Math.Ceiling(support * rows.Rows), 1, rows.Rows);

    /// <summary>The numbers of the rows found, in ascending order.</summary>
    public int[] Find(int starts, SeededRandom random)
    {
        if (size == rows.Rows || rows.Rows < 4) return All(rows.Rows);
        if (rows.Rows <= StartRows) return Refine(Search(starts, random), MostSteps).Rows;
        var part = new int[StartRows];
        for (int i = 0; i < StartRows; i++) part[i] = (int)((long)i * rows.Rows / StartRows);
        int[] found = new MinimumDeterminant(rows.Select(part), support, threads, cancellation).Find(starts, random);
        return Refine(new Subset(Array.ConvertAll(found, i => part[i]), 0), MostSteps).Rows;
    }

    /// <summary>Squared distances of all rows by the shrunk covariance of some.</summary>
    public double[] Distances(int[] subset, out double logDeterminant)
    {
        int d = rows.Columns;
        ShrunkCovariance covariance = ShrunkCovariance.Of(rows.Select(subset), threads, cancellation);
        logDeterminant = Cholesky.Factor(covariance.Matrix, d);
        var scales = new double[d];
        var ones = new double[d];
        Array.Fill(scales, 1);
        Array.Fill(ones, 1);
        var axes = new PrincipalAxes
        {
            Means = covariance.Means,
            Scales = scales,
            Variances = ones,
            Axes = Cholesky.InvertLower(covariance.Matrix, d),
            OtherVariance = 0,
        };
        var distances = new double[rows.Rows];
        RowBlocks.Score(rows, distances, threads, new AxisScorer(axes, false, ones, 0).Score, cancellation);
        return distances;
    }

    private static int[] All(int count)
    {
        var all = new int[count];
        for (int i = 0; i < count; i++) all[i] = i;
        return all;
    }

    private Subset Search(int starts, SeededRandom random)
    {
        var found = new List<Subset> { Refine(new Subset(All(rows.Rows), 0), FirstSteps), Refine(Nearest(Lengths(rows)), FirstSteps), Refine(Nearest(SignDistances()), FirstSteps) };
        for (int start = 0; start < starts; start++) found.Add(Refine(RandomSubset(random), FirstSteps));
        found.Sort((left, right) => left.LogDeterminant.CompareTo(right.LogDeterminant));
        Subset best = found[0];
        for (int i = 0; i < Math.Min(Best, found.Count); i++)
        {
            Subset refined = Refine(found[i], MostSteps);
            if (refined.LogDeterminant < best.LogDeterminant || i == 0) best = refined;
        }

        return best;
    }

    private Subset Refine(Subset subset, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            double[] distances = Distances(subset.Rows, out double logDeterminant);
            Subset next = Nearest(distances) with { LogDeterminant = double.IsNaN(logDeterminant) ? double.PositiveInfinity : logDeterminant };
            bool same = next.Rows.AsSpan().SequenceEqual(subset.Rows);
            subset = next;
            if (same) break;
        }

        return subset;
    }

    private Subset Nearest(double[] distances)
    {
        int[] order = All(distances.Length);
        Array.Sort((double[])distances.Clone(), order);
        int[] nearest = order[..size];
        Array.Sort(nearest);
        return new Subset(nearest, 0);
    }

    private static double[] Lengths(Matrix matrix)
    {
        var lengths = new double[matrix.Rows];
        for (int row = 0; row < lengths.Length; row++) lengths[row] = TensorPrimitives.Norm<float>(matrix.Row(row));
        return lengths;
    }

    /// <summary>Distances by the covariance of the directions of the rows, to which a far row adds no more than a near one.</summary>
    private double[] SignDistances()
    {
        double[] lengths = Lengths(rows);
        var signs = new Matrix(rows.Rows, rows.Columns);
        for (int row = 0; row < lengths.Length; row++)
        {
            if (lengths[row] > 0) TensorPrimitives.Divide(rows.Row(row), (float)lengths[row], signs.Row(row));
        }

        var directions = new MinimumDeterminant(signs, 1, threads, cancellation);
        double[] distances = directions.Distances(All(rows.Rows), out _);
        for (int row = 0; row < lengths.Length; row++) distances[row] *= lengths[row] * lengths[row];
        return distances;
    }

    private Subset RandomSubset(SeededRandom random)
    {
        int[] order = All(rows.Rows);
        int count = Math.Min(size, rows.Columns + 1);
        for (int i = 0; i < count; i++)
        {
            int drawn = i + random.Next(order.Length - i);
            (order[i], order[drawn]) = (order[drawn], order[i]);
        }

        Array.Sort(order, 0, count);
        return new Subset(order[..count], 0);
    }

    private readonly record struct Subset(int[] Rows, double LogDeterminant);
}
