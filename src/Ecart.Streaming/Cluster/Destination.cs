using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Cluster;

/// <summary>Where items wait for and go to: a node. One call at a time, so that a lane's items stay in order. Used under the router's lock.</summary>
/// <param name="send">Hands items on and tells what became of them.</param>
internal sealed class Destination(Func<IReadOnlyList<ReplayItem>, Task<IReadOnlyList<ItemOutcome>>> send)
{
    public Func<IReadOnlyList<ReplayItem>, Task<IReadOnlyList<ItemOutcome>>> Send { get; } = send;

    public List<RoutedItem> Waiting { get; set; } = [];

    /// <summary>Number of the assignment under which what waits was put here.</summary>
    public int Assignment { get; set; }

    /// <summary>Whether a call is under way.</summary>
    public bool IsBusy { get; set; }
}
