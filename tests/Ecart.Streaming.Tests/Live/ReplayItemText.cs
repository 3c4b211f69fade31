using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Tests.Live;

/// <summary>An item and its number, as a text for messages of failed assertions.</summary>
internal readonly record struct ReplayItemText(int Number, ReplayItem Item)
{
    public override string ToString() =>
        $"item {Number}: {Item.Event?.EventUid ?? (Item.Label is { } label ? $"label of {label.EventUid}" : "a rejected record")}";
}
