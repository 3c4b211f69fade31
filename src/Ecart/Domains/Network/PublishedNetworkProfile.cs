namespace Ecart.Domains.Network;

/// <summary>An address's profile as SQL users see it: a publication of the state that scores, at one place of the lane's log.</summary>
/// <param name="Address">The inner address.</param>
/// <param name="Type">What it is.</param>
/// <param name="Centroid">Centroid, length 1.</param>
/// <param name="ObservationCount">Normal connections in the window.</param>
/// <param name="ConnectionsPerHour">Connections an hour since it was first seen.</param>
/// <param name="TypicalPorts">Destination ports, the most frequent first, at most 10.</param>
/// <param name="TypicalDestinations">Destinations, the most frequent first, at most 10.</param>
/// <param name="MeanLogBytes">Mean of ln(1 + bytes of both directions).</param>
/// <param name="DistanceMean">Mean distance expected of a new normal connection; NaN while none is known.</param>
/// <param name="DistanceDeviation">Standard deviation of that distance, not floored.</param>
/// <param name="DistanceCount">Distances that these two are of.</param>
/// <param name="Lane">Lane of the address.</param>
/// <param name="Seq">Last log entry that is included.</param>
public sealed record PublishedNetworkProfile(
    string Address,
    AddressType Type,
    float[] Centroid,
    int ObservationCount,
    double ConnectionsPerHour,
    IReadOnlyList<int> TypicalPorts,
    IReadOnlyList<string> TypicalDestinations,
    double MeanLogBytes,
    double DistanceMean,
    double DistanceDeviation,
    int DistanceCount,
    int Lane,
    long Seq);
