namespace Ecart.MariaDb.Writing;

/// <summary>The part of the shared counts that a process writes.</summary>
/// <param name="Number">The part; 0 for a process alone.</param>
/// <param name="Epoch">The owner's epoch: a checkpoint under another one is refused.</param>
public readonly record struct StatePart(int Number, long Epoch);
