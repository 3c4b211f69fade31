using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>Distance from the account's usual behaviour, in standard deviations of the account's own leave-one-out distances.</summary>
internal sealed class BehaviorDistanceDetector : IEventDetector<TransactionContext>
{
    /// <inheritdoc/>
    public void Evaluate(in TransactionContext context, Verdict verdict)
    {
        if (!context.HasProfile || double.IsNaN(context.DistanceMean)) return;
        double sigma = context.DistanceSigma;
        double z = (context.Distance - context.DistanceMean) / sigma;
        StandardScoreOptions options = context.Options.BehaviorDistance;
        double contribution = options.Contribution(z);
        if (contribution <= 0) return;
        double threshold = context.DistanceMean + (options.ZThreshold * sigma);
        verdict.Add(new(EvidenceCode.BehaviorDistance, contribution, context.Distance, context.DistanceMean, threshold, z, null));
    }
}
