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

    private SignatureIndex? index;

    /// <summary>Whether exceptions are asked of events that are not flagged too: to see what one would silence. Default false.</summary>
    public bool AsksEveryEvent { get; init; }

    /// <summary>The known threat that an event resembles most, as <see cref="SignatureMatch.Find"/> says; many signatures are searched by an index that is made once.</summary>
    /// <param name="embedding">The event.</param>
    /// <param name="version">Version of that.</param>
    /// <param name="options">From how many signatures on the index pays.</param>
    internal SignatureMatch? FindSignature(ReadOnlySpan<float> embedding, int version, SignatureOptions options)
    {
        if (Signatures.Count <= options.IndexAbove) return SignatureMatch.Find(Signatures, embedding, version);
        // A copy with other signatures has the index of this one.
        SignatureIndex? made = index;
        if (made is null || !ReferenceEquals(made.Source, Signatures)) index = made = new SignatureIndex(Signatures);
        return made.Find(embedding, version);
    }
}
