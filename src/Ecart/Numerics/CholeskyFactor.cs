using System.Numerics.Tensors;

namespace Ecart.Numerics;

/// <summary>
/// A positive definite matrix A as the triangular U of A = Uᵀ·U, kept up to date as A is scaled and as x·xᵀ is added: n² operations each, not the
/// n³ of a new decomposition. Not thread-safe.
/// </summary>
/// <remarks>P. Gill, G. Golub, W. Murray, M. Saunders, Methods for modifying matrix factorizations, Mathematics of Computation 28(126), 1974.</remarks>
internal sealed class CholeskyFactor
{
    private readonly double[] packed;

    /// <param name="order">Rows of the matrix.</param>
    public CholeskyFactor(int order)
    {
        Order = order;
        packed = new double[LengthOf(order)];
    }

    public int Order { get; }

    /// <summary>The rows of U from the diagonal on, one after another.</summary>
    public ReadOnlySpan<double> Packed => packed;

    public static int LengthOf(int order) => order * (order + 1) / 2;

    /// <summary>Takes what <see cref="Packed"/> gave.</summary>
    public void Load(ReadOnlySpan<double> rows) => rows.CopyTo(packed);

    /// <summary>Makes A a diagonal matrix.</summary>
    /// <param name="diagonal">Positive values.</param>
    public void SetDiagonal(ReadOnlySpan<double> diagonal)
    {
        packed.AsSpan().Clear();
        int position = 0;
        for (int row = 0; row < Order; row++)
        {
            packed[position] = Math.Sqrt(diagonal[row]);
            position += Order - row;
        }
    }

    /// <summary>A becomes factor · A.</summary>
    /// <param name="factor">Positive.</param>
    public void Scale(double factor) => TensorPrimitives.Multiply(packed, Math.Sqrt(factor), packed);

    /// <summary>A becomes A + x·xᵀ.</summary>
    /// <param name="x">Used as working memory: its content is lost.</param>
    public void Add(Span<double> x)
    {
        Span<double> rest = packed;
        for (int row = 0; row < Order; row++)
        {
            int length = Order - row;
            double value = x[row];
            if (value != 0)
            {
                double diagonal = rest[0];
                double rotated = double.Hypot(diagonal, value);
                double cosine = diagonal / rotated;
                double sine = value / diagonal;
                rest[0] = rotated;
                Span<double> upper = rest[1..length];
                Span<double> tail = x[(row + 1)..];
                TensorPrimitives.MultiplyAdd(tail, sine, upper, upper);
                TensorPrimitives.Multiply(upper, cosine, upper);
                TensorPrimitives.Divide(tail, cosine, tail);
                TensorPrimitives.MultiplyAdd(upper, -sine, tail, tail);
            }

            rest = rest[length..];
        }
    }

    /// <summary>Solves Uᵀ·y = x in place, so that the squared length of y is xᵀ·A⁻¹·x.</summary>
    /// <param name="x">Becomes y.</param>
    /// <param name="from">All of x before this position is zero.</param>
    public void SolveLower(Span<double> x, int from = 0)
    {
        int position = LengthOf(Order) - LengthOf(Order - from);
        for (int row = from; row < Order; row++)
        {
            int length = Order - row;
            double value = x[row] / packed[position];
            x[row] = value;
            Span<double> tail = x[(row + 1)..];
            if (value != 0) TensorPrimitives.MultiplyAdd(packed.AsSpan(position + 1, length - 1), -value, tail, tail);
            position += length;
        }
    }

    /// <summary>Solves U·z = y in place; after <see cref="SolveLower"/> z is A⁻¹·x.</summary>
    public void SolveUpper(Span<double> y)
    {
        int position = packed.Length;
        for (int row = Order - 1; row >= 0; row--)
        {
            int length = Order - row;
            position -= length;
            double known = TensorPrimitives.Dot<double>(packed.AsSpan(position + 1, length - 1), y[(row + 1)..]);
            y[row] = (y[row] - known) / packed[position];
        }
    }
}
