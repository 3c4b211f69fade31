using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Declared.Detectors;

/// <summary>Resemblance to a known threat.</summary>
internal sealed class SignatureDetector : IEventDetector<DeclaredContext>
{
    /// <inheritdoc/>
    public void Evaluate(in DeclaredContext context, Verdict verdict)
    {
        if (context.Patterns.FindSignature(context.Embedding, context.EmbeddingVersion, context.Options.Signature) is not { } match) return;
        ThreatSignature signature = match.Signature;
        double contribution = context.Options.Signature.Contribution(signature.Severity);
        verdict.Add(new(EvidenceCode.Signature, contribution, match.Distance, double.NaN, signature.Radius, double.NaN, signature.Name));
    }
}
