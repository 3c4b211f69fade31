using Ecart.Embedding;
using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>An entity without a profile has its events held against the clusters of the domain instead.</summary>
internal static class OutsideClusters
{
    /// <summary>Adds the evidence of an event that lies outside every cluster; none where there is no cluster of its version.</summary>
    /// <param name="options">What lying outside adds.</param>
    /// <param name="clusters">Those in force.</param>
    /// <param name="embedding">The event.</param>
    /// <param name="version">Version of that.</param>
    /// <param name="verdict">Receives the evidence.</param>
    public static void Evaluate(ClusterOptions options, IReadOnlyList<BehaviorCluster> clusters, ReadOnlySpan<float> embedding, int version, Verdict verdict)
    {
        ClusterDistance cluster = ClusterDistance.Measure(clusters, embedding, version);
        if (!(cluster.Margin > 0)) return;
        double contribution = options.Contribution(in cluster, !LearnedEmbedding.IsLearned(version));
        verdict.Add(new(EvidenceCode.OutsideClusters, contribution, cluster.Margin, double.NaN, 0, double.NaN, cluster.Nearest));
    }
}
