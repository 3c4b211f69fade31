using System.Text;
using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>The pieces of which messages between nodes are made.</summary>
internal static class WireFormat
{
    /// <summary>First byte of every message: nodes of another version are refused instead of misread.</summary>
    public const byte Version = 2;

    /// <summary>Opens a message.</summary>
    /// <exception cref="InvalidDataException">It is of another version.</exception>
    public static BinaryReader Open(byte[] message)
    {
        var reader = new BinaryReader(new MemoryStream(message), Encoding.UTF8);
        byte version = reader.ReadByte();
        if (version != Version)
            throw new InvalidDataException($"A node speaks version {version} of the wire format and this one version {Version}: run the same program on all nodes.");
        return reader;
    }

    public static void WriteText(this BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }

    public static string? ReadText(this BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    public static void WriteFlag(this BinaryWriter writer, bool? flag) => writer.Write((byte)(flag is { } known ? (known ? 1 : 0) : 2));

    public static bool? ReadFlag(this BinaryReader reader) => reader.ReadByte() switch
    {
        0 => false,
        1 => true,
        _ => null,
    };

    public static void WriteTime(this BinaryWriter writer, DateTime utc) => writer.Write(utc.Ticks);

    public static DateTime ReadTime(this BinaryReader reader) => new(reader.ReadInt64(), DateTimeKind.Utc);

    public static void WriteBytes(this BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    public static byte[] ReadBytes(this BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());

    public static void WriteRejected(this BinaryWriter writer, RejectedRecord rejected)
    {
        writer.Write(rejected.Source);
        writer.Write(rejected.Partition);
        writer.Write(rejected.Offset);
        writer.Write(rejected.Domain);
        writer.WriteText(rejected.EventUid);
        writer.Write((byte)rejected.Reason);
        writer.WriteText(rejected.Field);
        writer.WriteText(rejected.Value);
        writer.Write(rejected.Message);
        writer.WriteBytes(rejected.Payload.Span);
    }

    public static RejectedRecord ReadRejected(this BinaryReader reader) => new(
        reader.ReadString(),
        reader.ReadInt32(),
        reader.ReadInt64(),
        reader.ReadString(),
        reader.ReadText(),
        (RejectReason)reader.ReadByte(),
        reader.ReadText(),
        reader.ReadText(),
        reader.ReadString(),
        reader.ReadBytes());
}
