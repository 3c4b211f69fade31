namespace Ecart.Vectors.Neighbours;

/// <summary>A row and how far away it is.</summary>
/// <param name="Row">Number of the row, from 0, in the matrix that was searched.</param>
/// <param name="SquaredDistance">Square of the Euclidean distance.</param>
public readonly record struct Neighbour(int Row, double SquaredDistance)
{
    /// <summary>Euclidean distance.</summary>
    public double Distance => Math.Sqrt(SquaredDistance);
}
