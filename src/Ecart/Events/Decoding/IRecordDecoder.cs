namespace Ecart.Events.Decoding;

/// <summary>Turns records of one domain into events. Not thread-safe: one owner per decoder.</summary>
public interface IRecordDecoder
{
    /// <summary>The fields that the domain reads.</summary>
    FieldSchema Schema { get; }

    /// <summary>Validates a record. A bad record is a value, never an exception.</summary>
    DecodedRecord Decode(in RecordFields record);

    /// <summary>Makes a decoder of lines without named fields, one for each text; null where the domain reads none, which is the default.</summary>
    ILineDecoder? MakeLineDecoder() => null;

    /// <summary>Makes a decoder of whole captures; null where the domain reads none, which is the default.</summary>
    ICaptureDecoder? MakeCaptureDecoder() => null;
}
