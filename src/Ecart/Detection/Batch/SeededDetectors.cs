using Ecart.Detection.Batch.Axes;
using Ecart.Detection.Batch.Clusters;
using Ecart.Detection.Batch.Histograms;
using Ecart.Detection.Batch.Isolation;
using Ecart.Detection.Batch.Reconstruction;
using Ecart.Detection.Ensembles;

namespace Ecart.Detection.Batch;

/// <summary>The batch detectors that are random, by their kind, to make them with a seed. To add one: name it here too.</summary>
public static class SeededDetectors
{
    private static readonly Dictionary<string, Func<ulong, BatchDetector>> Kinds = new(StringComparer.Ordinal)
    {
        ["autoencoder"] = seed => new Autoencoder(new AutoencoderOptions { Seed = seed }),
        ["centroid_distance"] = seed => new CentroidDistance(new CentroidDistanceOptions { Seed = seed }),
        ["ensemble"] = seed => new EnsembleDetector(new EnsembleOptions { Seed = seed }),
        ["extended_isolation_forest"] = seed => new ExtendedIsolationForest(new ExtendedIsolationForestOptions { Seed = seed }),
        ["isolation_forest"] = seed => new IsolationForest(new IsolationForestOptions { Seed = seed }),
        ["loda"] = seed => new RandomProjectionScore(new RandomProjectionOptions { Seed = seed }),
        ["mahalanobis"] = seed => new RobustMahalanobis(new RobustMahalanobisOptions { Seed = seed }),
    };

    /// <summary>Whether a seed can change what a kind of detector, with default options, says.</summary>
    public static bool IsRandom(string kind) => Kinds.ContainsKey(kind);

    /// <summary>Makes a detector with default options but for the seed, which one that is not random ignores.</summary>
    /// <exception cref="ArtefactException">There is no such kind.</exception>
    public static BatchDetector Make(string kind, ulong seed) => Kinds.TryGetValue(kind, out Func<ulong, BatchDetector>? make) ? make(seed) : BatchDetectors.Make(kind);
}
