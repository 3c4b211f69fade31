using Ecart.MariaDb.Reading;
using Ecart.Scoring;

namespace Ecart.Streaming.Explanation;

/// <summary>A stored verdict beside what the same event gets when it is scored again.</summary>
/// <param name="Stored">As it is stored.</param>
/// <param name="Reproduced">As it comes out again; evidence that other lanes decided is the stored one.</param>
/// <param name="FoldedEntries">Log entries of the entity that its state was folded from.</param>
/// <param name="Nearest">The entity's nearest normal events before, the nearest first.</param>
/// <param name="Notices">What could not be reproduced exactly, and why.</param>
public sealed record ReproducedVerdict(
    LoggedVerdict Stored, Verdict Reproduced, long FoldedEntries, IReadOnlyList<NearEvent> Nearest, IReadOnlyList<string> Notices)
{
    /// <summary>True when the embedding is the same to the last bit.</summary>
    public bool HasSameEmbedding => Stored.Event.Verdict.Embedding.AsSpan().SequenceEqual(Reproduced.Embedding);

    /// <summary>
    /// True when the score is the same: to the last bit, or within the last stored decimal where a stored contribution was taken.
    /// </summary>
    public bool HasSameScore => Stored.Score is not { } score
        ? Reproduced.IsLate
        : score.Equals(Reproduced.Score) || (TookStoredEvidence && Math.Abs(score - Reproduced.Score) < 1.5e-6);

    /// <summary>
    /// What drove the distance from the entity's usual behaviour, and each trained detector that is in force now, whether or not it found the event strange.
    /// </summary>
    public IReadOnlyList<DrivingFeature> Features { get; init; } = [];

    /// <summary>True when evidence was taken as stored, because other lanes decided it.</summary>
    public bool TookStoredEvidence { get; init; }
}
