namespace Ecart.Domains.Network;

/// <summary>
/// Layout, version 1, of the network embedding: 64 floats, scaled to Euclidean length 1. Positions are part of the stored data: a change of any of
/// them is a new version. Described in docs/reference/network-layout.md.
/// </summary>
public static class NetworkLayout
{
    /// <summary>Floats in an embedding.</summary>
    public const int Dimension = 64;

    /// <summary>Version of this layout.</summary>
    public const int Version = 1;

    internal const int ProtocolCount = 4;
    internal const int StateCount = 8;
    internal const int FlagCount = 6;
    internal const int PortClassCount = 10;
    internal const int PortBuckets = 8;
    internal const int DirectionCount = 4;

    internal const int BytesOut = 0;
    internal const int BytesIn = 1;
    internal const int PacketsOut = 2;
    internal const int PacketsIn = 3;
    internal const int Duration = 4;
    internal const int ByteBalance = 5;
    internal const int PacketBalance = 6;
    internal const int BytesPerPacketOut = 7;
    internal const int BytesPerPacketIn = 8;
    internal const int Rate = 9;
    internal const int NoPayload = 10;
    internal const int Protocol = 11;
    internal const int State = Protocol + ProtocolCount;
    internal const int Flags = State + StateCount;
    internal const int PortClass = Flags + FlagCount;
    internal const int Port = PortClass + PortClassCount;
    internal const int Direction = Port + PortBuckets;
    internal const int HourSin = Direction + DirectionCount;
    internal const int HourCos = HourSin + 1;
    internal const int Weekend = HourCos + 1;
    internal const int DistinctPorts = Weekend + 1;
    internal const int DistinctHosts = DistinctPorts + 1;
    internal const int FailedShare = DistinctHosts + 1;
    internal const int Contacts = FailedShare + 1;
    internal const int NewDestination = Contacts + 1;
    internal const int NewPort = NewDestination + 1;
    internal const int FailedLogins = NewPort + 1;
    internal const int NameRandomness = FailedLogins + 1;
    internal const int Regularity = NameRandomness + 1;
    internal const int Alert = Regularity + 1;

    /// <summary>Names of the positions, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = MakeNames();

    private static string[] MakeNames()
    {
        string[] names =
        [
            "bytes_out", "bytes_in", "packets_out", "packets_in", "duration", "byte_balance", "packet_balance", "bytes_per_packet_out",
            "bytes_per_packet_in", "rate", "no_payload",
            .. Enum.GetNames<NetworkProtocol>().Select(static name => "protocol#" + name),
            .. Enum.GetNames<ConnectionState>().Select(static name => "state#" + name),
            "flag#fin", "flag#syn", "flag#rst", "flag#psh", "flag#ack", "flag#urg",
            .. Enum.GetNames<PortKind>().Select(static name => "port_class#" + name),
            .. Enumerable.Range(0, PortBuckets).Select(static bucket => $"port#{bucket}"),
            "direction#inside", "direction#outward", "direction#inward", "direction#other", "hour_sin", "hour_cos", "weekend", "distinct_ports",
            "distinct_hosts", "failed_share", "contacts", "new_destination", "new_port", "failed_logins", "name_randomness", "regularity", "alert",
        ];
        return [.. names.Select(static name => name.ToLowerInvariant())];
    }
}
