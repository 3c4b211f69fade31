using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>
/// Confirmed fraud at the merchant, on the device or from the address: the entity's fraud rate, shrunk towards the domain's, over a
/// window that ends where labels are usually known.
/// </summary>
internal sealed class EntityHistoryDetector : IEventDetector<TransactionContext>
{
    /// <inheritdoc/>
    public void Evaluate(in TransactionContext context, Verdict verdict)
    {
        Evidence best = default;
        Consider(in context, context.Merchant, "merchant", ref best);
        Consider(in context, context.Device, "device", ref best);
        Consider(in context, context.Address, "ip", ref best);
        if (best.Contribution > 0) verdict.Add(in best);
    }

    private static void Consider(in TransactionContext context, EntityRisk risk, string subject, ref Evidence best)
    {
        // Without fraud the rate is the domain's or below, but for rounding, which would be evidence.
        if (risk.Frauds == 0) return;
        EntityHistoryOptions options = context.Options.EntityHistory;
        double rate = options.Rate(risk.Frauds, risk.Events, context.DomainFraudRate);
        double contribution = options.Maximum * Math.Clamp((rate - context.DomainFraudRate) / options.Scale, 0, 1);
        if (contribution <= best.Contribution) return;
        double expected = risk.Events * context.DomainFraudRate;
        best = new(EvidenceCode.EntityHistory, contribution, risk.Frauds, expected, double.NaN, rate, subject);
    }
}
