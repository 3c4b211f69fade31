using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Live;

/// <summary>One thing that enters a running service.</summary>
/// <param name="Item">An event, a label or a record that cannot be read.</param>
/// <param name="Position">Moves in the transaction that stores the item; null for a source that keeps no positions (HTTP, MQTT).</param>
/// <param name="Receipt">Told what became of the item; null when nobody waits.</param>
public readonly record struct IntakeItem(ReplayItem Item, SourcePosition? Position, IReceipt? Receipt);
