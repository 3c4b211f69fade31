using Ecart.Detection.Batch.Axes;
using Ecart.Detection.Batch.Clusters;
using Ecart.Detection.Batch.Histograms;
using Ecart.Detection.Batch.Isolation;
using Ecart.Detection.Batch.Neighbours;
using Ecart.Detection.Batch.Reconstruction;
using Ecart.Detection.Batch.Tails;

namespace Ecart.Detection.Batch;

/// <summary>All batch detectors by their kind, with default options. To add one: write its file and name it here.</summary>
public static class BatchDetectors
{
    private static readonly Dictionary<string, Func<BatchDetector>> Kinds = new(StringComparer.Ordinal)
    {
        ["autoencoder"] = () => new Autoencoder(),
        ["copod"] = () => new CopulaOutlierScore(),
        ["dbscan"] = () => new DbscanDetector(),
        ["ecod"] = () => new EmpiricalOutlierScore(),
        ["extended_isolation_forest"] = () => new ExtendedIsolationForest(),
        ["hbos"] = () => new HistogramScore(),
        ["hdbscan"] = () => new HdbscanDetector(),
        ["isolation_forest"] = () => new IsolationForest(),
        ["knn"] = () => new NearestNeighbourDetector(),
        ["loda"] = () => new RandomProjectionScore(),
        ["lof"] = () => new LocalOutlierFactor(),
        ["mahalanobis"] = () => new RobustMahalanobis(),
        ["pca"] = () => new PrincipalComponents(),
    };

    /// <summary>The kinds that there are, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes a detector with default options.</summary>
    /// <exception cref="ArtefactException">There is no such kind.</exception>
    public static BatchDetector Make(string kind) =>
        Kinds.TryGetValue(kind, out Func<BatchDetector>? make)
            ? make()
            : throw new ArtefactException($"There is no detector '{kind}'; there are {string.Join(", ", All)}. A newer program may know it.");
}
