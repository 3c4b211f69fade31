namespace Ecart.Detection.Batch.Clusters;

/// <summary>Rows that lie close together, as a ball.</summary>
/// <param name="Centroid">Mean of its members.</param>
/// <param name="Radius">Distance from the centroid within which most of its members lie.</param>
/// <param name="Members">How many of the fitted rows lie in it; a row in several counts where it is deepest inside.</param>
public sealed record RowCluster(float[] Centroid, double Radius, int Members);
