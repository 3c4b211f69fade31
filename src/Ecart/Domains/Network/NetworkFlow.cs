using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using Ecart.Embedding;
using Ecart.Events;

namespace Ecart.Domains.Network;

/// <summary>One connection, or one record about a connection, validated. Made by the decoder, from a capture, or by the caller.</summary>
/// <remarks>The time of an event is the connection's start. The primary entity is the address that opened it.</remarks>
public sealed class NetworkFlow : DomainEvent
{
    /// <summary>The domain's name.</summary>
    public const string DomainName = "network";

    private const int FixedContentBytes = 80;
    private ulong contentHash;
    private ulong sourceHash;
    private ulong destinationHash;

    /// <inheritdoc/>
    public override string Domain => DomainName;

    /// <inheritdoc/>
    public override string PrimaryEntityType => "ip";

    /// <inheritdoc/>
    public override string PrimaryEntityId => SourceAddress;

    /// <summary>What the record tells of. Default a flow.</summary>
    public NetworkRecordKind Kind { get; init; }

    /// <summary>Address that opened the connection, in its shortest text form.</summary>
    public required string SourceAddress { get; init; }

    /// <summary>Port of the source, 0 to 65,535; the ICMP type for ICMP.</summary>
    public int SourcePort { get; init; }

    /// <summary>Address that was connected to, in its shortest text form.</summary>
    public required string DestinationAddress { get; init; }

    /// <summary>Port of the destination, 0 to 65,535; the ICMP code for ICMP.</summary>
    public int DestinationPort { get; init; }

    /// <summary>Transport. Default TCP.</summary>
    public NetworkProtocol Protocol { get; init; }

    /// <summary>Application protocol as the source of the flow names it, at most 32 characters; null when unknown.</summary>
    public string? Service { get; init; }

    /// <summary>Bytes from source to destination, 0 or more; 0 when unknown.</summary>
    public long BytesOut { get; init; }

    /// <summary>Bytes from destination to source.</summary>
    public long BytesIn { get; init; }

    /// <summary>Packets from source to destination, 0 or more; 0 when unknown.</summary>
    public long PacketsOut { get; init; }

    /// <summary>Packets from destination to source.</summary>
    public long PacketsIn { get; init; }

    /// <summary>Seconds from first to last packet, 0 or more; 0 when unknown.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>What became of the connection.</summary>
    public ConnectionState State { get; init; }

    /// <summary>TCP flags seen.</summary>
    public TcpControlBits Flags { get; init; }

    /// <summary>Where the source belongs.</summary>
    public AddressScope SourceScope { get; init; } = AddressScope.External;

    /// <summary>Where the destination belongs.</summary>
    public AddressScope DestinationScope { get; init; } = AddressScope.External;

    /// <summary>Attempts to log in that this record tells of, 0 or more.</summary>
    public int LoginAttempts { get; init; }

    /// <summary>Whether the log-in succeeded; null when unknown.</summary>
    public bool? LoginSucceeded { get; init; }

    /// <summary>Name that was asked for, at most 255 characters; null for none.</summary>
    public string? QueryName { get; init; }

    /// <summary>Whether the name does not exist (NXDOMAIN).</summary>
    public bool IsNameUnknown { get; init; }

    /// <summary>Name of another sensor's alert, at most 255 characters; null for none.</summary>
    public string? AlertName { get; init; }

    /// <summary>Its category, at most 128 characters; null for none.</summary>
    public string? AlertCategory { get; init; }

    /// <summary>Its severity: 1 high, 2 medium, 3 and more low; 0 for none.</summary>
    public int AlertSeverity { get; init; }

    /// <summary>Bytes of both directions.</summary>
    public long Bytes => BytesOut + BytesIn;

    /// <summary>
    /// Whether the source addressed one host that did not answer or refused. Silence of a group of hosts means nothing.
    /// </summary>
    public bool IsFailed => State is ConnectionState.NoAnswer or ConnectionState.Rejected && DestinationScope != AddressScope.Group;

    /// <summary>What a scan of ports counts: the destination port, or the type of an ICMP message; with the protocol in the higher bits.</summary>
    internal int Target => ((int)Protocol << 16) | (Protocol == NetworkProtocol.Icmp ? SourcePort : DestinationPort);

    /// <summary>Hash of the source address.</summary>
    internal ulong SourceHash => sourceHash != 0 ? sourceHash : sourceHash = FeatureHash.Of(SourceAddress);

    /// <summary>Hash of the destination address.</summary>
    internal ulong DestinationHash => destinationHash != 0 ? destinationHash : destinationHash = FeatureHash.Of(DestinationAddress);

    /// <inheritdoc/>
    public override ulong ContentHash => contentHash != 0 ? contentHash : contentHash = ComputeContentHash();

    [SkipLocalsInit]
    private ulong ComputeContentHash()
    {
        Span<byte> bytes = stackalloc byte[FixedContentBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, OccurredAt.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], BytesOut);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], BytesIn);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], PacketsOut);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], PacketsIn);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[40..], DurationSeconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[48..], SourcePort);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[52..], DestinationPort);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[56..], LoginAttempts);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[60..], AlertSeverity);
        bytes[64] = (byte)Kind;
        bytes[65] = (byte)Protocol;
        bytes[66] = (byte)State;
        bytes[67] = (byte)Flags;
        bytes[68] = (byte)SourceScope;
        bytes[69] = (byte)DestinationScope;
        bytes[70] = LoginSucceeded is { } succeeded ? (succeeded ? (byte)1 : (byte)0) : (byte)2;
        bytes[71] = IsNameUnknown ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[72..], SourceHash);
        ulong hash = XxHash3.HashToUInt64(bytes, seed: 1);
        hash = Mix(hash, DestinationHash);
        hash = Mix(hash, FeatureHash.Of(Service));
        hash = Mix(hash, FeatureHash.Of(QueryName));
        hash = Mix(hash, FeatureHash.Of(AlertName));
        hash = Mix(hash, FeatureHash.Of(AlertCategory));
        return hash == 0 ? 1 : hash;
    }

    private static ulong Mix(ulong hash, ulong next) => FeatureHash.Of(hash ^ System.Numerics.BitOperations.RotateLeft(next, 23));
}
