namespace Ecart.MariaDb.Writing;

/// <summary>The lanes that a process is to own beside others.</summary>
/// <param name="Lanes">The lanes.</param>
/// <param name="Part">Its part of the shared counts, which no other process writes.</param>
public sealed record LaneShare(IReadOnlyList<int> Lanes, int Part);
