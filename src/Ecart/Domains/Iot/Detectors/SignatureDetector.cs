using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Iot.Detectors;

/// <summary>Resemblance to a known threat.</summary>
internal sealed class SignatureDetector : IEventDetector<IotContext>
{
    /// <inheritdoc/>
    public void Evaluate(in IotContext context, Verdict verdict)
    {
        if (SignatureMatch.Find(context.Patterns.Signatures, context.Embedding, IotLayout.Version) is not { } match) return;
        ThreatSignature signature = match.Signature;
        double contribution = context.Options.Signature.Contribution(signature.Severity);
        verdict.Add(new(
            EvidenceCode.Signature, contribution, match.Distance, double.NaN, signature.Radius, double.NaN, signature.Name));
    }
}
