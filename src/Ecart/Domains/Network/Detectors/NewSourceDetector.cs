using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>A source without a profile: its connections are held against the clusters of the domain.</summary>
internal sealed class NewSourceDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (context.HasProfile) return;
        OutsideClusters.Evaluate(context.Options.Clusters, context.Patterns.Clusters, context.Embedding, context.EmbeddingVersion, verdict);
    }
}
