using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>Distance from the source's usual connections, in standard deviations of its own leave-one-out distances.</summary>
internal sealed class ProfileDistanceDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (!context.HasProfile) return;
        double z = context.DistanceZ;
        StandardScoreOptions options = context.Options.ProfileDistance;
        double contribution = options.Contribution(z);
        if (contribution <= 0) return;
        double mean = context.Profile.DistanceMean;
        double threshold = mean + (options.ZThreshold * (context.Distance - mean) / z);
        verdict.Add(new(EvidenceCode.ProfileDistance, contribution, context.Distance, mean, threshold, z, null));
    }
}
