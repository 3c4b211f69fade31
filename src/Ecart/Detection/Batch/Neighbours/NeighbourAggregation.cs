namespace Ecart.Detection.Batch.Neighbours;

/// <summary>Which distance to the k nearest rows is the score.</summary>
public enum NeighbourAggregation
{
    /// <summary>To the farthest of them, the k-th.</summary>
    Largest,

    /// <summary>The mean to all of them.</summary>
    Mean,
}
