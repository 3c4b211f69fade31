namespace Ecart.Detection;

/// <summary>A typical behaviour shared by many entities.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Centroid">Centre, zero-padded to 256 floats or of the domain's dimension.</param>
/// <param name="Radius">Distance within which an event belongs to it.</param>
/// <param name="EmbeddingVersion">Only vectors of this version are compared.</param>
public sealed record BehaviorCluster(string Name, float[] Centroid, double Radius, int EmbeddingVersion);
