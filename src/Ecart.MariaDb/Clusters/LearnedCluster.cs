namespace Ecart.MariaDb.Clusters;

/// <summary>A cluster to be stored.</summary>
/// <param name="Centroid">At most 256 floats; stored with zeros after them.</param>
/// <param name="Radius">Distance within which an event belongs to it.</param>
/// <param name="Members">Events that did when it was learned.</param>
public sealed record LearnedCluster(float[] Centroid, double Radius, int Members);
