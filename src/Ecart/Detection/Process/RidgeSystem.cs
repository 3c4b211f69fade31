using System.Numerics.Tensors;

namespace Ecart.Detection.Process;

/// <summary>The normal equations of a linear regression, summed row by row, so that a block of rows can be taken out again.</summary>
internal sealed class RidgeSystem(int order)
{
    private readonly double[] gram = new double[order * order];
    private readonly double[] moments = new double[order];

    /// <summary>Adds a row.</summary>
    /// <param name="features">As many as the order.</param>
    /// <param name="target">What they should give.</param>
    public void Add(ReadOnlySpan<double> features, double target)
    {
        for (int row = 0; row < order; row++)
        {
            double factor = features[row];
            if (factor == 0) continue;
            Span<double> upper = gram.AsSpan((row * order) + row, order - row);
            TensorPrimitives.MultiplyAdd(features[row..], factor, upper, upper);
            moments[row] += factor * target;
        }
    }

    /// <summary>Adds all rows of another system.</summary>
    public void Add(RidgeSystem other)
    {
        TensorPrimitives.Add(gram, other.gram, gram);
        TensorPrimitives.Add(moments, other.moments, moments);
    }

    /// <summary>Solves it without the rows of another, which are among its own.</summary>
    /// <param name="without">Null for all rows.</param>
    /// <param name="penalties">What is added to the diagonal; positive.</param>
    public double[] Solve(RidgeSystem? without, ReadOnlySpan<double> penalties)
    {
        double[] factor = [.. gram];
        double[] solution = [.. moments];
        if (without is not null)
        {
            TensorPrimitives.Subtract(factor, without.gram, factor);
            TensorPrimitives.Subtract(solution, without.moments, solution);
        }

        for (int i = 0; i < order; i++) factor[(i * order) + i] += penalties[i];
        Decompose(factor, penalties);
        for (int row = 0; row < order; row++)
        {
            double value = solution[row] / factor[(row * order) + row];
            solution[row] = value;
            Span<double> rest = solution.AsSpan(row + 1);
            TensorPrimitives.MultiplyAdd(factor.AsSpan((row * order) + row + 1, rest.Length), -value, rest, rest);
        }

        for (int row = order - 1; row >= 0; row--)
        {
            Span<double> rest = solution.AsSpan(row + 1);
            double known = TensorPrimitives.Dot<double>(factor.AsSpan((row * order) + row + 1, rest.Length), rest);
            solution[row] = (solution[row] - known) / factor[(row * order) + row];
        }

        return solution;
    }

    /// <summary>Cholesky in place: the upper triangle becomes U of A = Uᵀ·U.</summary>
    private void Decompose(double[] matrix, ReadOnlySpan<double> penalties)
    {
        for (int row = 0; row < order; row++)
        {
            Span<double> pivot = matrix.AsSpan((row * order) + row, order - row);
            // A penalty is the least that a pivot can be; rounding may say less.
            double diagonal = Math.Sqrt(Math.Max(pivot[0], penalties[row] * 1e-3));
            TensorPrimitives.Divide(pivot, diagonal, pivot);
            pivot[0] = diagonal;
            for (int below = row + 1; below < order; below++)
            {
                double factor = pivot[below - row];
                if (factor == 0) continue;
                Span<double> target = matrix.AsSpan((below * order) + below, order - below);
                TensorPrimitives.MultiplyAdd(pivot[(below - row)..], -factor, target, target);
            }
        }
    }
}
