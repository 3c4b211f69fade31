using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>Amounts above the domain's fixed limits.</summary>
internal sealed class AmountLimitDetector : IEventDetector<TransactionContext>
{
    /// <inheritdoc/>
    public void Evaluate(in TransactionContext context, Verdict verdict)
    {
        Evaluate(EvidenceCode.HighAmount, context.Options.HighAmount, context.Event.ScoredAmount, verdict);
        Evaluate(EvidenceCode.VeryHighAmount, context.Options.VeryHighAmount, context.Event.ScoredAmount, verdict);
    }

    private static void Evaluate(string code, AmountLimitOptions options, double amount, Verdict verdict)
    {
        if (amount > options.Threshold)
            verdict.Add(new(code, options.Contribution, amount, double.NaN, options.Threshold, double.NaN, null));
    }
}
