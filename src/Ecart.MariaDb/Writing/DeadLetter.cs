namespace Ecart.MariaDb.Writing;

/// <summary>A rejected record that is to be handed on.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Source">Where it came from, for example <c>kafka:transactions</c>.</param>
/// <param name="Partition">Partition of the source.</param>
/// <param name="Offset">Offset in the partition.</param>
/// <param name="Domain">Domain it was meant for.</param>
/// <param name="EventUid">The uid if it could be read, else null.</param>
/// <param name="Reason">Why, in snake_case.</param>
/// <param name="Field">The field at fault, or null.</param>
/// <param name="Value">The value at fault, or null.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Payload">The record as it came, cut to 64 KiB.</param>
/// <param name="ReceivedAt">When it was stored, UTC.</param>
public sealed record DeadLetter(
    long Id,
    string Source,
    int Partition,
    long Offset,
    string Domain,
    string? EventUid,
    string Reason,
    string? Field,
    string? Value,
    string Message,
    ReadOnlyMemory<byte> Payload,
    DateTime ReceivedAt);
