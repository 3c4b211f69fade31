using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Ensembles;

/// <summary>Settings of <see cref="EnsembleDetector"/>.</summary>
public sealed record EnsembleOptions
{
    /// <summary>
    /// Kinds of the members, 1 to 32, any of <see cref="BatchDetectors.All"/> but <c>ensemble</c>, with their weights, above 0, at most 100. The default are methods
    /// that err differently: global and local distances, single dimensions, random partitions; the first, itself a mean of eight, counts as four.
    /// </summary>
    public IReadOnlyDictionary<string, double> Members { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["centroid_distance"] = 4,
        ["hbos"] = 1,
        ["isolation_forest"] = 1,
        ["knn"] = 1,
    };

    /// <summary>Seed of all members that are random. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate(string path)
    {
        OptionsException.Require(Members is { Count: >= 1 and <= 32 }, path + ".members", Members?.Count, "1 to 32 kinds");
        foreach ((string kind, double weight) in Members!)
        {
            OptionsException.Require(
                kind != EnsembleDetector.KindName && BatchDetectors.All.Contains(kind), path + ".members", kind,
                $"one of {string.Join(", ", BatchDetectors.All.Where(known => known != EnsembleDetector.KindName))}");
            OptionsException.Require(weight is > 0 and <= 100, $"{path}.members.{kind}", weight, "above 0 and at most 100");
        }
    }

    /// <summary>One member alone, brought to the ensemble's scale.</summary>
    public static EnsembleOptions Alone(string kind, ulong seed = 1) =>
        new() { Members = new Dictionary<string, double>(StringComparer.Ordinal) { [kind] = 1 }, Seed = seed };
}
