using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>
/// An account without a profile: said for information, and the event is held against the clusters of the domain instead.
/// </summary>
internal sealed class NewProfileDetector : IEventDetector<TransactionContext>
{
    /// <inheritdoc/>
    public void Evaluate(in TransactionContext context, Verdict verdict)
    {
        if (context.HasProfile) return;
        verdict.Add(new(
            EvidenceCode.NewProfile,
            context.Options.NewProfile.Contribution,
            context.Profile.Count,
            double.NaN,
            context.Options.Profile.MinimumObservations,
            double.NaN,
            null));
        OutsideClusters.Evaluate(context.Options.Clusters, context.Patterns.Clusters, context.Embedding, context.EmbeddingVersion, verdict);
    }
}
