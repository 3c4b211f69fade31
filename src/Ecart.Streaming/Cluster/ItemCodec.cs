using Ecart.Events;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Cluster;

/// <summary>Events and labels as they go to the node that owns their lane.</summary>
internal static class ItemCodec
{
    public static byte[] Write(IReadOnlyList<ReplayItem> items)
    {
        using var buffer = new MemoryStream(256 * items.Count);
        using var writer = new BinaryWriter(buffer);
        writer.Write(WireFormat.Version);
        writer.Write(items.Count);
        foreach (ReplayItem item in items) Write(writer, in item);
        writer.Flush();
        return buffer.ToArray();
    }

    /// <exception cref="InvalidDataException">It is of another version.</exception>
    public static IReadOnlyList<ReplayItem> Read(byte[] message)
    {
        using BinaryReader reader = WireFormat.Open(message);
        var items = new ReplayItem[reader.ReadInt32()];
        for (int i = 0; i < items.Length; i++) items[i] = Read(reader);
        return items;
    }

    private static void Write(BinaryWriter writer, in ReplayItem item)
    {
        writer.Write(item.Origin);
        writer.Write(item.Line);
        writer.Write(item.Partition ?? -1);
        writer.Write(item.Event is not null);
        if (item.Event is not null)
        {
            EventCodec.Write(writer, item.Event);
            return;
        }

        Label label = item.Label!;
        writer.Write(item.EventLane ?? -1);
        writer.Write(label.Domain);
        writer.Write(label.EventUid);
        writer.Write(label.IsFraud);
        writer.WriteTime(label.KnownAt);
        writer.Write(label.Source);
    }

    private static ReplayItem Read(BinaryReader reader)
    {
        string origin = reader.ReadString();
        long line = reader.ReadInt64();
        int partition = reader.ReadInt32();
        DomainEvent? domainEvent = null;
        Label? label = null;
        int lane = -1;
        if (reader.ReadBoolean())
        {
            domainEvent = EventCodec.Read(reader);
        }
        else
        {
            lane = reader.ReadInt32();
            label = new Label(reader.ReadString(), reader.ReadString(), reader.ReadBoolean(), reader.ReadTime(), reader.ReadString());
        }

        return new ReplayItem(domainEvent, label, null, origin, line)
        {
            Partition = partition < 0 ? null : partition,
            EventLane = lane < 0 ? null : lane,
        };
    }
}
