using Ecart.Domains.Declared;
using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>Events of a declared domain: their fields by name, type and value, so that nodes need not have read the same declaration.</summary>
internal sealed class DeclaredForm(string domain) : IEventForm
{
    public void Write(BinaryWriter writer, DomainEvent domainEvent)
    {
        var declared = (DeclaredEvent)domainEvent;
        writer.Write(declared.EventUid);
        writer.WriteTime(declared.OccurredAt);
        writer.Write(declared.UtcOffsetMinutes);
        writer.Write((byte)declared.Schema.Entity);
        writer.Write((byte)declared.Schema.Fields.Count);
        for (int i = 0; i < declared.Schema.Fields.Count; i++)
        {
            (string name, DeclaredFieldType type) = declared.Schema.Fields[i];
            writer.Write(name);
            writer.Write((byte)type);
            if (type == DeclaredFieldType.Text) writer.WriteText(declared.Texts[i]);
            else writer.Write(declared.Numbers[i]);
        }
    }

    public DomainEvent Read(BinaryReader reader)
    {
        string uid = reader.ReadString();
        DateTime occurredAt = reader.ReadTime();
        short offset = reader.ReadInt16();
        int entity = reader.ReadByte();
        var fields = new (string Name, DeclaredFieldType Type)[reader.ReadByte()];
        var numbers = new double[fields.Length];
        var texts = new string?[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = (reader.ReadString(), (DeclaredFieldType)reader.ReadByte());
            numbers[i] = double.NaN;
            if (fields[i].Type == DeclaredFieldType.Text) texts[i] = reader.ReadText();
            else numbers[i] = reader.ReadDouble();
        }

        return new DeclaredEvent
        {
            EventUid = uid,
            OccurredAt = occurredAt,
            UtcOffsetMinutes = offset,
            Schema = new DeclaredSchema(domain, fields[entity].Name, fields),
            Numbers = numbers,
            Texts = texts,
        };
    }
}
