using Ecart.Embedding;
using Ecart.Vectors;

namespace Ecart.Domains.Network;

/// <summary>Writes a connection as a vector by <see cref="NetworkLayout"/>. Stateless.</summary>
internal static class NetworkEmbedder
{
    private const double MostMilliseconds = 1e10;

    /// <summary>Fills the context's event into 64 floats of Euclidean length 1. The context's embedding is not read.</summary>
    /// <returns>False when a value is not finite, which a validated event cannot give.</returns>
    public static bool Embed(in NetworkContext context, Span<float> vector)
    {
        vector.Clear();
        NetworkFlow flow = context.Event;
        WriteVolumes(flow, vector);
        WriteKind(flow, vector);
        WriteTime(flow.OccurredAt, vector);
        WriteContext(in context, vector);
        VectorMath.NormalizeInPlace(vector);
        return VectorMath.IsFinite(vector);
    }

    private static void WriteVolumes(NetworkFlow flow, Span<float> vector)
    {
        vector[NetworkLayout.BytesOut] = Log(flow.BytesOut, 20);
        vector[NetworkLayout.BytesIn] = Log(flow.BytesIn, 20);
        vector[NetworkLayout.PacketsOut] = Log(flow.PacketsOut, 12);
        vector[NetworkLayout.PacketsIn] = Log(flow.PacketsIn, 12);
        vector[NetworkLayout.Duration] = Log(Math.Min(MostMilliseconds, 1000 * flow.DurationSeconds), 24);
        vector[NetworkLayout.ByteBalance] = Balance(flow.BytesOut, flow.BytesIn);
        vector[NetworkLayout.PacketBalance] = Balance(flow.PacketsOut, flow.PacketsIn);
        vector[NetworkLayout.BytesPerPacketOut] = Log((double)flow.BytesOut / Math.Max(1, flow.PacketsOut), 16);
        vector[NetworkLayout.BytesPerPacketIn] = Log((double)flow.BytesIn / Math.Max(1, flow.PacketsIn), 16);
        vector[NetworkLayout.Rate] = flow.DurationSeconds > 0 ? Log(flow.Bytes / Math.Max(0.001, flow.DurationSeconds), 40) : 0;
        vector[NetworkLayout.NoPayload] = flow.Bytes == 0 ? 0.3f : 0;
    }

    private static void WriteKind(NetworkFlow flow, Span<float> vector)
    {
        vector[NetworkLayout.Protocol + (int)flow.Protocol] = 0.5f;
        vector[NetworkLayout.State + (int)flow.State] = 0.5f;
        for (int flag = 0; flag < NetworkLayout.FlagCount; flag++)
            vector[NetworkLayout.Flags + flag] = ((int)flow.Flags & (1 << flag)) != 0 ? 0.1f : 0;
        int port = flow.Protocol == NetworkProtocol.Icmp ? flow.SourcePort : flow.DestinationPort;
        if (flow.Protocol is NetworkProtocol.Tcp or NetworkProtocol.Udp) vector[NetworkLayout.PortClass + (int)PortKinds.Of(port)] = 0.4f;
        ulong hash = FeatureHash.Of((ulong)(uint)flow.Target);
        vector[NetworkLayout.Port + FeatureHash.Bucket(hash, NetworkLayout.PortBuckets)] = 0.2f;
        vector[NetworkLayout.Direction + DirectionOf(flow)] = 0.4f;
    }

    private static int DirectionOf(NetworkFlow flow)
    {
        if (flow.DestinationScope == AddressScope.Group || flow.SourceScope == AddressScope.Group) return 3;
        if (flow.SourceScope == AddressScope.Internal) return flow.DestinationScope == AddressScope.Internal ? 0 : 1;
        return flow.DestinationScope == AddressScope.Internal ? 2 : 3;
    }

    private static void WriteTime(DateTime time, Span<float> vector)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * time.TimeOfDay.TotalHours / 24);
        vector[NetworkLayout.HourSin] = (float)(0.15 * sin);
        vector[NetworkLayout.HourCos] = (float)(0.15 * cos);
        vector[NetworkLayout.Weekend] = time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.05f : 0;
    }

    private static void WriteContext(in NetworkContext context, Span<float> vector)
    {
        vector[NetworkLayout.DistinctPorts] = Log(context.WeightedPorts, 32);
        vector[NetworkLayout.DistinctHosts] = Log(context.WeightedHosts, 32);
        vector[NetworkLayout.FailedShare] = (float)(0.15 * context.FailedShare);
        vector[NetworkLayout.Contacts] = Log(context.Contacts, 40);
        vector[NetworkLayout.NewDestination] = context.IsNewDestination ? 0.15f : 0;
        vector[NetworkLayout.NewPort] = context.IsNewPort ? 0.15f : 0;
        vector[NetworkLayout.FailedLogins] = Log(context.FailedLogins, 8);
        vector[NetworkLayout.NameRandomness] = (float)(0.4 * context.NameRandomness);
        vector[NetworkLayout.Regularity] = (float)(0.3 * context.Regularity);
        vector[NetworkLayout.Alert] = context.Event.Kind == NetworkRecordKind.Alert ? 0.5f : 0;
    }

    private static float Log(double value, double scale) => (float)(Math.Log(1 + value) / scale);

    /// <summary>−0.2 when all came back, 0.2 when all went out.</summary>
    private static float Balance(long outward, long inward) => outward + inward == 0 ? 0 : (float)(0.2 * (outward - inward) / (outward + inward));
}
