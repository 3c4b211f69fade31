using Ecart.Detection;
using Ecart.Embedding;
using Ecart.Scoring;

namespace Ecart.Domains.Declared.Detectors;

/// <summary>An entity without a profile: said for information, and the event is held against the clusters of the domain instead.</summary>
internal sealed class NewProfileDetector : IEventDetector<DeclaredContext>
{
    /// <inheritdoc/>
    public void Evaluate(in DeclaredContext context, Verdict verdict)
    {
        if (context.HasProfile) return;
        verdict.Add(new(
            EvidenceCode.NewProfile, context.Options.NewProfile.Contribution, context.Profile.Count, double.NaN,
            context.Options.Profile.MinimumObservations, double.NaN, context.Options.Entity));
        ClusterDistance cluster = ClusterDistance.Measure(context.Patterns.Clusters, context.Embedding, context.EmbeddingVersion);
        if (!(cluster.Margin > 0)) return;
        double contribution = context.Options.Clusters.Contribution(in cluster, !LearnedEmbedding.IsLearned(context.EmbeddingVersion));
        verdict.Add(new(EvidenceCode.OutsideClusters, contribution, cluster.Margin, double.NaN, 0, double.NaN, cluster.Nearest));
    }
}
