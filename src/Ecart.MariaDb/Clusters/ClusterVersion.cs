namespace Ecart.MariaDb.Clusters;

/// <summary>One learning of clusters, as it is stored.</summary>
/// <param name="Version">Its number within the domain.</param>
/// <param name="EmbeddingVersion">Only events of this version are compared with it.</param>
/// <param name="Clusters">How many clusters it has.</param>
/// <param name="Members">Events in them when they were learned.</param>
/// <param name="IsActive">True while events are compared with it.</param>
/// <param name="CreatedAt">When it was stored, UTC.</param>
public sealed record ClusterVersion(int Version, int EmbeddingVersion, int Clusters, long Members, bool IsActive, DateTime CreatedAt);
