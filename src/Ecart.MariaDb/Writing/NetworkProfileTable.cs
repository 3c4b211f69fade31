using System.Text.Json;
using Ecart.Domains.Network;

namespace Ecart.MariaDb.Writing;

/// <summary>Rows of <c>network_profiles</c>.</summary>
public sealed class NetworkProfileTable : IProfileTable<PublishedNetworkProfile>
{
    /// <inheritdoc/>
    public string Table => "network_profiles";

    /// <inheritdoc/>
    public string EntityColumn => "ip_address";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "ip_address", "host_type", "centroid", "observation_count", "connections_per_hour", "bytes_per_connection", "typical_ports", "typical_destinations",
        "distance_mean", "distance_std", "distance_count", "knn_distance_mean", "knn_distance_std", "embedding_version", "configuration_version", "window_days", "lane", "seq",
        "last_updated",
    ];

    /// <inheritdoc/>
    public void WriteRow(PublishedNetworkProfile profile, PublicationDetails details, RowWriter row)
    {
        (double Mean, double Deviation) neighbours = details.NeighboursOf(profile.Address);
        row.Text(profile.Address);
        row.Text(StoredNames.Of(profile.Type));
        row.Vector(profile.Centroid);
        row.Number(profile.ObservationCount);
        row.Number(profile.ConnectionsPerHour);
        row.Number(Math.Exp(profile.MeanLogBytes) - 1);
        row.Text(JsonSerializer.Serialize(profile.TypicalPorts));
        row.Text(JsonSerializer.Serialize(profile.TypicalDestinations));
        row.NumberOrNull(profile.DistanceMean);
        row.NumberOrNull(profile.DistanceDeviation);
        row.Number(profile.DistanceCount);
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
