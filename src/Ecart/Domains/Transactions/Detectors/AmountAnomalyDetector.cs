using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>Amount against the account's own, as a z-score of ln(1 + amount). High amounts alone count.</summary>
internal sealed class AmountAnomalyDetector : IEventDetector<TransactionContext>
{
    /// <inheritdoc/>
    public void Evaluate(in TransactionContext context, Verdict verdict)
    {
        if (!context.HasProfile) return;
        double mean = context.LogAmounts.Mean;
        double sigma = context.Options.Profile.FloorSigma(context.LogAmounts.SampleDeviation, mean);
        double z = (context.LogAmount - mean) / sigma;
        StandardScoreOptions options = context.Options.AmountAnomaly;
        double contribution = options.Contribution(z);
        if (contribution <= 0) return;
        double threshold = Math.Exp(mean + (options.ZThreshold * sigma)) - 1;
        verdict.Add(new(
            EvidenceCode.AmountAnomaly, contribution, context.Event.ScoredAmount, Math.Exp(mean) - 1, threshold, z, null));
    }
}
