using Ecart.Events.Decoding;

namespace Ecart.Domains.Network.Decoding;

/// <summary>Bytes and packets each way; −1 where unknown.</summary>
internal readonly record struct Volumes(long BytesOut, long BytesIn, long PacketsOut, long PacketsIn, long Bytes, long Packets)
{
    public Volumes Reversed => new(BytesIn, BytesOut, PacketsIn, PacketsOut, Bytes, Packets);

    public static Volumes Read(in RecordFields record, ref FieldReader fields)
    {
        long bytesOut = NetworkFieldRules.Count(in record, ref fields, NetworkField.BytesOut);
        long bytesIn = NetworkFieldRules.Count(in record, ref fields, NetworkField.BytesIn);
        long packetsOut = NetworkFieldRules.Count(in record, ref fields, NetworkField.PacketsOut);
        long packetsIn = NetworkFieldRules.Count(in record, ref fields, NetworkField.PacketsIn);
        long bytes = NetworkFieldRules.Count(in record, ref fields, NetworkField.Bytes);
        long packets = NetworkFieldRules.Count(in record, ref fields, NetworkField.Packets);
        if (bytes >= 0 && bytesOut >= 0 && bytesIn < 0) bytesIn = Math.Max(0, bytes - bytesOut);
        if (packets >= 0 && packetsOut >= 0 && packetsIn < 0) packetsIn = Math.Max(0, packets - packetsOut);
        return new Volumes(bytesOut, bytesIn, packetsOut, packetsIn, bytes, packets);
    }

    /// <summary>Fills in what is unknown: a sum alone is halved where both sides spoke, else it is the source's; all else is 0.</summary>
    public Volumes Completed(ConnectionState state)
    {
        bool isOneSided = state is ConnectionState.NoAnswer or ConnectionState.ErrorReport;
        (long bytesOut, long bytesIn) = Split(BytesOut, BytesIn, Bytes, isOneSided);
        (long packetsOut, long packetsIn) = Split(PacketsOut, PacketsIn, Packets, isOneSided);
        return new Volumes(bytesOut, bytesIn, packetsOut, packetsIn, Bytes, Packets);
    }

    private static (long Out, long In) Split(long outward, long inward, long sum, bool isOneSided)
    {
        if (outward < 0 && inward < 0 && sum > 0) return isOneSided ? (sum, 0) : (sum - (sum / 2), sum / 2);
        return (Math.Max(0, outward), Math.Max(0, inward));
    }
}
