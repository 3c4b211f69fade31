using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming;

/// <summary>All streaming detectors by their kind, with default options. To add one: write its file and name it here.</summary>
public static class StreamDetectors
{
    private static readonly Dictionary<string, StreamKind> Kinds = new(StringComparer.Ordinal)
    {
        [EwMahalanobis.KindName] = new(dimension => new EwMahalanobis(dimension), EwMahalanobis.Read),
        [HalfSpaceTrees.KindName] = new(dimension => new HalfSpaceTrees(dimension), HalfSpaceTrees.Read),
        [IncrementalKnn.KindName] = new(dimension => new IncrementalKnn(dimension), IncrementalKnn.Read),
        [IncrementalLof.KindName] = new(dimension => new IncrementalLof(dimension), IncrementalLof.Read),
        [RandomCutForest.KindName] = new(dimension => new RandomCutForest(dimension), RandomCutForest.Read),
    };

    /// <summary>The kinds that there are, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes a detector with default options.</summary>
    /// <param name="kind">One of <see cref="All"/>.</param>
    /// <param name="dimension">Length of the vectors, 1 to <see cref="StreamDetector.MaximumDimension"/>.</param>
    /// <exception cref="ArtefactException">There is no such kind.</exception>
    /// <exception cref="Scoring.OptionsException">The dimension is out of range.</exception>
    public static StreamDetector Make(string kind, int dimension) => Of(kind).Make(dimension);

    internal static StreamKind Of(string kind) =>
        Kinds.TryGetValue(kind, out StreamKind? known)
            ? known
            : throw new ArtefactException($"There is no streaming detector '{kind}'; there are {string.Join(", ", All)}. A newer program may know it.");
}
