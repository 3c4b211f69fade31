using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Declared.Detectors;

/// <summary>Distance from the entity's usual behaviour, in standard deviations of its own leave-one-out distances.</summary>
internal sealed class BehaviorDistanceDetector : IEventDetector<DeclaredContext>
{
    /// <inheritdoc/>
    public void Evaluate(in DeclaredContext context, Verdict verdict)
    {
        double z = context.DistanceZ;
        if (double.IsNaN(z)) return;
        StandardScoreOptions options = context.Options.BehaviorDistance;
        double contribution = options.Contribution(z);
        if (contribution <= 0) return;
        double mean = context.Profile.DistanceMean;
        verdict.Add(new(EvidenceCode.BehaviorDistance, contribution, context.Distance, mean, mean + (options.ZThreshold * context.DistanceSigma), z, context.Options.Entity));
    }
}
