using Ecart.Numerics;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Tests.Vectors.Neighbours;

/// <summary>Neighbours by sorting all distances: what every index is compared with.</summary>
internal static class PlainNeighbours
{
    public static Neighbour[] Find(Matrix rows, ReadOnlySpan<float> query, int count, int skipRow = -1)
    {
        var all = new List<Neighbour>();
        for (int row = 0; row < rows.Rows; row++)
        {
            if (row == skipRow) continue;
            double sum = 0;
            for (int i = 0; i < query.Length; i++) sum += Math.Pow((double)query[i] - rows.Row(row)[i], 2);
            all.Add(new Neighbour(row, sum));
        }

        return [.. all.OrderBy(neighbour => neighbour.SquaredDistance).ThenBy(neighbour => neighbour.Row).Take(count)];
    }

    /// <summary>Uniform in the unit cube.</summary>
    public static Matrix Uniform(int rows, int columns, ulong seed)
    {
        var random = new SeededRandom(seed);
        var matrix = new Matrix(rows, columns);
        foreach (ref float value in matrix.Span) value = (float)random.NextDouble();
        return matrix;
    }

    /// <summary>Normal around 30 centres that are 3 standard deviations from each other in every dimension.</summary>
    public static Matrix Clustered(int rows, int columns, ulong seed)
    {
        var random = new SeededRandom(seed);
        var matrix = new Matrix(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            var centre = new SeededRandom((ulong)random.Next(30));
            foreach (ref float value in matrix.Row(row)) value = (float)((3 * centre.NextNormal()) + random.NextNormal());
        }

        return matrix;
    }
}
