using Ecart.Detection.Batch;
using Ecart.Detection.Ensembles;

namespace Ecart.Eval.Odds;

/// <summary>What is measured: every kind of detector there is, with its default options, the default ensemble first.</summary>
internal static class OddsDetectors
{
    public const string EnsembleKey = EnsembleDetector.KindName;

    /// <summary>Columns of the published tables, and how near a figure has to be where the method is the same.</summary>
    private static readonly Dictionary<string, (string Name, double? Bar)> Published = new(StringComparer.Ordinal)
    {
        ["knn"] = ("KNN", 0.001),
        ["lof"] = ("LOF", 0.001),
        ["pca"] = ("PCA", 0.001),
        ["isolation_forest"] = ("IForest", 0.02),
        ["centroid_distance"] = ("CBLOF", null),
        ["hbos"] = ("HBOS", null),
        ["mahalanobis"] = ("MCD", null),
        ["ecod"] = ("ECOD", null),
        ["copod"] = ("COPOD", null),
        ["loda"] = ("LODA", null),
        ["autoencoder"] = ("AutoEncoder", null),
    };

    public static IReadOnlyList<OddsDetector> All { get; } =
    [
        Of(EnsembleKey, null, null),
        .. Published.Keys.Where(BatchDetectors.All.Contains).Select(kind => Of(kind, Published[kind].Name, Published[kind].Bar)),
        .. BatchDetectors.All.Where(kind => kind != EnsembleKey && !Published.ContainsKey(kind)).Select(kind => Of(kind, null, null)),
    ];

    private static OddsDetector Of(string kind, string? published, double? bar) =>
        new(kind, published, seed => SeededDetectors.Make(kind, seed), SeededDetectors.IsRandom(kind), bar);
}
