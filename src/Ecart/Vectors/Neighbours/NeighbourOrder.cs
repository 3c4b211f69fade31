namespace Ecart.Vectors.Neighbours;

/// <summary>The order of answers: nearest first, equally near ones by row.</summary>
internal static class NeighbourOrder
{
    public static bool IsBefore(Neighbour left, Neighbour right) =>
        left.SquaredDistance < right.SquaredDistance || (left.SquaredDistance == right.SquaredDistance && left.Row < right.Row);

    /// <summary>Inserts into the first <paramref name="count"/>, which are in order, and moves those behind up by one.</summary>
    public static void Insert(Span<Neighbour> ordered, int count, Neighbour neighbour)
    {
        for (; count > 0 && IsBefore(neighbour, ordered[count - 1]); count--) ordered[count] = ordered[count - 1];
        ordered[count] = neighbour;
    }
}
