using Ecart.Detection;
using Ecart.Detection.Sequences;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>The latest actions look like somebody else's, this one too: what the user does between them is no evidence.</summary>
internal sealed class SequenceEvidenceDetector : IEventDetector<UserBehaviorContext>
{
    /// <inheritdoc/>
    public void Evaluate(in UserBehaviorContext context, Verdict verdict)
    {
        SequenceOptions options = context.Options.Sequence;
        double contribution = context.SequenceStep > 0 ? options.Contribution(context.Sequence) : 0;
        if (contribution > 0)
            verdict.Add(new(EvidenceCode.Sequence, contribution, context.Sequence, 0, options.Threshold, double.NaN, null));
    }
}
