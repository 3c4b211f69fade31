using System.Numerics.Tensors;

namespace Ecart.Vectors;

/// <summary>Rows of equal length, one after another in one array. Does not copy it: who changes the array changes the matrix.</summary>
public sealed class Matrix
{
    /// <summary>Makes a matrix of what is in an array.</summary>
    /// <param name="values">Row after row; it may be longer than the rows need.</param>
    /// <param name="rows">How many rows; 0 and more.</param>
    /// <param name="columns">Length of a row; 1 and more.</param>
    /// <exception cref="ArgumentException">The array is shorter than the rows need.</exception>
    public Matrix(float[] values, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if ((long)rows * columns > values.Length)
            throw new ArgumentException($"{rows} rows of {columns} need {(long)rows * columns} values; there are {values.Length}.", nameof(values));
        Values = values;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Makes a matrix of zeros.</summary>
    public Matrix(int rows, int columns)
        : this(new float[rows * columns], rows, columns)
    {
    }

    /// <summary>The values, row after row.</summary>
    public float[] Values { get; }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>Length of a row.</summary>
    public int Columns { get; }

    /// <summary>All values of all rows.</summary>
    public Span<float> Span => Values.AsSpan(0, Rows * Columns);

    /// <summary>One row; writing to it changes the matrix.</summary>
    public Span<float> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>True when every value is finite.</summary>
    public bool IsFinite() => TensorPrimitives.IsFiniteAll<float>(Span);

    /// <summary>The rows with these numbers, in this order, copied.</summary>
    public Matrix Select(ReadOnlySpan<int> rows)
    {
        var selected = new Matrix(rows.Length, Columns);
        for (int i = 0; i < rows.Length; i++) Row(rows[i]).CopyTo(selected.Row(i));
        return selected;
    }
}
