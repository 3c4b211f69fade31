using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>The rules that the configuration adds to the built-in detectors.</summary>
internal sealed class RuleDetector : IEventDetector<TransactionContext>
{
    /// <inheritdoc/>
    public void Evaluate(in TransactionContext context, Verdict verdict) => context.Rules.Evaluate(in context, verdict);
}
