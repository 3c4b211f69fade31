namespace Ecart.Events.Decoding;

/// <summary>Turns records of one domain into events. Not thread-safe: one owner per decoder.</summary>
public interface IRecordDecoder
{
    /// <summary>The fields that the domain reads.</summary>
    FieldSchema Schema { get; }

    /// <summary>Validates a record. A bad record is a value, never an exception.</summary>
    DecodedRecord Decode(in RecordFields record);
}
