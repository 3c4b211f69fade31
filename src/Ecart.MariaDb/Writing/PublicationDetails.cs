namespace Ecart.MariaDb.Writing;

/// <summary>What is published beside the profiles themselves.</summary>
/// <param name="ConfigurationVersion">Version of the configuration that made them.</param>
/// <param name="WindowDays">Days a profile looks back.</param>
/// <param name="PublishedAt">Now, UTC.</param>
/// <param name="NeighbourDistances">
/// Leave-one-out mean and deviation of the nearest-neighbour distance by account; null keeps what is published of the same version.
/// </param>
/// <param name="EmbeddingVersion">Version of the embeddings that they are of. Default 1.</param>
public sealed record PublicationDetails(
    int ConfigurationVersion,
    int WindowDays,
    DateTime PublishedAt,
    IReadOnlyDictionary<string, (double Mean, double Deviation)>? NeighbourDistances,
    int EmbeddingVersion = 1)
{
    internal (double Mean, double Deviation) NeighboursOf(string accountId) =>
        NeighbourDistances is not null && NeighbourDistances.TryGetValue(accountId, out (double Mean, double Deviation) known)
            ? known
            : (double.NaN, double.NaN);
}
