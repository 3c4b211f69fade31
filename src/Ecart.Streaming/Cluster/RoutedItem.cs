using Ecart.Streaming.Live;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Cluster;

/// <summary>An item on its way to the owner of its lane.</summary>
/// <param name="item">As it was handed in.</param>
/// <param name="lane">Its lane, or one of the constants.</param>
internal sealed class RoutedItem(in IntakeItem item, int lane)
{
    /// <summary>Of what no lane owns: any node does.</summary>
    public const int NoLane = -1;

    /// <summary>Of a label whose event has to be looked up first.</summary>
    public const int Unresolved = -2;

    public IntakeItem Item { get; } = item;

    public int Lane { get; set; } = lane;

    /// <summary>The item as it is handed on.</summary>
    public ReplayItem ToHandOn => Item.Item.Label is not null && Lane >= 0 ? Item.Item with { EventLane = Lane } : Item.Item;

    /// <summary>Whether it came to an end.</summary>
    public bool IsSettled { get; set; }
}
