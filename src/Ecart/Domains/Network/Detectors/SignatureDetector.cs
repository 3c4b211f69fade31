using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>Resemblance to a known threat, by the layout: what a signature means does not change with the model that embeds.</summary>
internal sealed class SignatureDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (context.Patterns.FindSignature(context.Layout, NetworkLayout.Version, context.Options.Signature) is not { } match) return;
        ThreatSignature signature = match.Signature;
        double contribution = context.Options.Signature.Contribution(signature.Severity);
        verdict.Add(new(EvidenceCode.Signature, contribution, match.Distance, double.NaN, signature.Radius, double.NaN, signature.Name));
    }
}
