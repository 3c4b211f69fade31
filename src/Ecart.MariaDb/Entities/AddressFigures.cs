namespace Ecart.MariaDb.Entities;

/// <summary>What is usual for an inner address of a network.</summary>
/// <param name="HostType">What it was learned to be: server, workstation, iot_device or unknown.</param>
/// <param name="ConnectionsPerHour">Connections an hour.</param>
/// <param name="BytesPerConnection">Typical bytes of a connection, both directions.</param>
/// <param name="Ports">Destination ports, the most frequent first.</param>
/// <param name="Destinations">Destinations, the most frequent first.</param>
public sealed record AddressFigures(
    string HostType, double ConnectionsPerHour, double BytesPerConnection, IReadOnlyList<string> Ports, IReadOnlyList<string> Destinations);
