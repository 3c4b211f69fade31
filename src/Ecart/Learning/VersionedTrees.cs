namespace Ecart.Learning;

/// <summary>Trees and the version under which they are stored.</summary>
/// <param name="Version">The version, above 0.</param>
/// <param name="Trees">The trees.</param>
public sealed record VersionedTrees(int Version, BoostedTrees Trees);
