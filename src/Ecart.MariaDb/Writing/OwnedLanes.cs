namespace Ecart.MariaDb.Writing;

/// <summary>What a process owns after it took it: lanes, and the part of the shared counts that it writes.</summary>
/// <param name="Lanes">The lanes, as they stood then, in ascending order.</param>
/// <param name="Part">The part.</param>
public sealed record OwnedLanes(IReadOnlyList<LanePosition> Lanes, StatePart Part);
