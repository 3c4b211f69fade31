namespace Ecart.Learning;

/// <summary>The models that learned from verdicts and score now. Immutable.</summary>
/// <param name="Champion">Its probability is the rank score; null when the untrained rank score stays.</param>
/// <param name="Challenger">Its probability is written beside the verdict and decides nothing; null for none.</param>
public sealed record VerdictModels(VersionedTrees? Champion, VersionedTrees? Challenger)
{
    /// <summary>Nothing was trained.</summary>
    public static VerdictModels None { get; } = new(null, null);
}
