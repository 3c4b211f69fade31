using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Declared.Detectors;

/// <summary>The rules of the declaration.</summary>
internal sealed class RuleDetector : IEventDetector<DeclaredContext>
{
    /// <inheritdoc/>
    public void Evaluate(in DeclaredContext context, Verdict verdict) => context.Plan.Rules.Evaluate(in context, verdict);
}
