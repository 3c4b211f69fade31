namespace Ecart.Detection.Batch.Neighbours;

/// <summary>Limits that the options of all neighbour methods share.</summary>
internal static class NeighbourLimits
{
    /// <summary>The most neighbours: more say nothing of a row's surroundings.</summary>
    public const int Most = 10_000;
}
