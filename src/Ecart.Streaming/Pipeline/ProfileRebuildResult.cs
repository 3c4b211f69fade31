namespace Ecart.Streaming.Pipeline;

/// <summary>What a rebuild did.</summary>
/// <param name="Entries">Log entries read.</param>
/// <param name="Profiles">Profiles published.</param>
public sealed record ProfileRebuildResult(long Entries, int Profiles);
