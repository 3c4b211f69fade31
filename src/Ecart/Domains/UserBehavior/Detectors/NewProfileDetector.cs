using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>
/// A user without a profile: said for information, and the event is held against the clusters of the domain and what peers do instead.
/// </summary>
internal sealed class NewProfileDetector : IEventDetector<UserBehaviorContext>
{
    /// <inheritdoc/>
    public void Evaluate(in UserBehaviorContext context, Verdict verdict)
    {
        if (context.HasProfile) return;
        verdict.Add(new(
            EvidenceCode.NewProfile, context.Options.NewProfile.Contribution, context.Profile.Count, double.NaN,
            context.Options.Profile.MinimumObservations, double.NaN, UserBehaviorEvent.Subject));
        EvaluatePeers(in context, verdict);
        OutsideClusters.Evaluate(context.Options.Clusters, context.Patterns.Clusters, context.Embedding, context.EmbeddingVersion, verdict);
    }

    private static void EvaluatePeers(in UserBehaviorContext context, Verdict verdict)
    {
        NoveltyOptions options = context.Options.Novelty;
        if (context.PeerEvents < options.PeerMinimum || context.Peers.Deed > 0 || options.OutsidePeers <= 0) return;
        verdict.Add(new(
            EvidenceCode.OutsidePeers, options.OutsidePeers, context.PeerEvents, double.NaN, options.PeerMinimum, double.NaN, context.Event.Role));
    }
}
