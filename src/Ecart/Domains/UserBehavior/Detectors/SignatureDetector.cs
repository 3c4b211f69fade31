using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>Resemblance to a known threat.</summary>
internal sealed class SignatureDetector : IEventDetector<UserBehaviorContext>
{
    /// <inheritdoc/>
    public void Evaluate(in UserBehaviorContext context, Verdict verdict)
    {
        if (context.Patterns.FindSignature(context.Embedding, context.EmbeddingVersion, context.Options.Signature) is not { } match) return;
        ThreatSignature signature = match.Signature;
        double contribution = context.Options.Signature.Contribution(signature.Severity);
        verdict.Add(new(
            EvidenceCode.Signature, contribution, match.Distance, double.NaN, signature.Radius, double.NaN, signature.Name));
    }
}
