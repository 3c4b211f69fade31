namespace Ecart.Detection;

/// <summary>
/// The patterns that people and training have set: clusters, threat signatures, exceptions. Immutable; a change is a new object
/// swapped in whole.
/// </summary>
/// <param name="Clusters">Typical behaviours.</param>
/// <param name="Signatures">Known threats.</param>
/// <param name="Exceptions">Validated behaviours, by ascending id.</param>
public sealed record ReferencePatterns(
    IReadOnlyList<BehaviorCluster> Clusters,
    IReadOnlyList<ThreatSignature> Signatures,
    IReadOnlyList<ExceptionPattern> Exceptions)
{
    /// <summary>No patterns.</summary>
    public static ReferencePatterns Empty { get; } = new([], [], []);
}
