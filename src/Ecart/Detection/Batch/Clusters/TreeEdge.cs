namespace Ecart.Detection.Batch.Clusters;

/// <summary>An edge of a spanning tree.</summary>
internal readonly record struct TreeEdge(int From, int To, double Distance);
