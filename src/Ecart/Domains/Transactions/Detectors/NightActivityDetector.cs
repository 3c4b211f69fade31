using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>Activity in the night of the account's local time.</summary>
internal sealed class NightActivityDetector : IEventDetector<TransactionContext>
{
    /// <inheritdoc/>
    public void Evaluate(in TransactionContext context, Verdict verdict)
    {
        NightActivityOptions options = context.Options.NightActivity;
        if (options.Contains(context.LocalHour))
            verdict.Add(new(EvidenceCode.NightActivity, options.Contribution, context.LocalHour, double.NaN, options.FromHour, double.NaN, null));
    }
}
