namespace Ecart.Events;

/// <summary>A record that could not be read or stored, kept for people to look at and retry.</summary>
/// <param name="Source">Where it came from: a file's name, a topic.</param>
/// <param name="Partition">Partition of the source; 0 for files.</param>
/// <param name="Offset">Offset in the partition; for files the line number, from 1.</param>
/// <param name="Domain">Domain it was meant for.</param>
/// <param name="EventUid">The uid if it could be read, else null.</param>
/// <param name="Reason">Why.</param>
/// <param name="Field">The field at fault, or null when it is the whole record.</param>
/// <param name="Value">The value at fault, cut to 200 characters, or null.</param>
/// <param name="Message">One sentence for a person that names the field, the value and what to do.</param>
/// <param name="Payload">The record as it came, cut to 64 KiB.</param>
public sealed record RejectedRecord(
    string Source,
    int Partition,
    long Offset,
    string Domain,
    string? EventUid,
    RejectReason Reason,
    string? Field,
    string? Value,
    string Message,
    ReadOnlyMemory<byte> Payload);
