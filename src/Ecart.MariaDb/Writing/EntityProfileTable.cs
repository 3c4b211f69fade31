using Ecart.Profiles;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>normal_profiles</c>, the profiles of all domains without a table of their own.</summary>
/// <param name="domain">The domain.</param>
public sealed class EntityProfileTable(string domain) : IProfileTable<PublishedEntityProfile>
{
    private const int Dimension = 256;
    private readonly float[] padded = new float[Dimension];

    /// <inheritdoc/>
    public string Table => "normal_profiles";

    /// <inheritdoc/>
    public string EntityColumn => "entity_id";

    /// <inheritdoc/>
    public IReadOnlyList<string> OtherKeys { get; } = ["domain", "entity_type"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "domain", "entity_type", "entity_id", "centroid", "observation_count", "distance_mean", "distance_std", "knn_distance_mean", "knn_distance_std",
        "embedding_version", "configuration_version", "window_days", "lane", "seq", "last_updated",
    ];

    /// <inheritdoc/>
    public void WriteRow(PublishedEntityProfile profile, PublicationDetails details, RowWriter row)
    {
        (double Mean, double Deviation) neighbours = details.NeighboursOf(profile.EntityId);
        padded.AsSpan().Clear();
        profile.Centroid.CopyTo(padded, 0);
        row.Text(domain);
        row.Text(profile.EntityType);
        row.Text(profile.EntityId);
        row.Vector(padded);
        row.Number(profile.ObservationCount);
        row.NumberOrNull(profile.DistanceMean);
        row.NumberOrNull(profile.DistanceDeviation);
        row.NumberOrNull(neighbours.Mean);
        row.NumberOrNull(neighbours.Deviation);
        row.Number(details.EmbeddingVersion);
        row.Number(details.ConfigurationVersion);
        row.Number(details.WindowDays);
        row.Number(profile.Lane);
        row.Number(profile.Seq);
        row.Time(details.PublishedAt);
        row.EndRow();
    }
}
