using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>Distance from the user's usual behaviour, in standard deviations of the user's own leave-one-out distances.</summary>
internal sealed class BehaviorDistanceDetector : IEventDetector<UserBehaviorContext>
{
    /// <inheritdoc/>
    public void Evaluate(in UserBehaviorContext context, Verdict verdict)
    {
        double z = context.DistanceZ;
        if (double.IsNaN(z)) return;
        StandardScoreOptions options = context.Options.BehaviorDistance;
        double contribution = options.Contribution(z);
        if (contribution <= 0) return;
        double threshold = context.DistanceMean + (options.ZThreshold * context.DistanceSigma);
        verdict.Add(new(EvidenceCode.BehaviorDistance, contribution, context.Distance, context.DistanceMean, threshold, z, UserBehaviorEvent.Subject));
    }
}
