using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>The rules that the configuration adds to the built-in detectors.</summary>
internal sealed class RuleDetector : IEventDetector<UserBehaviorContext>
{
    /// <inheritdoc/>
    public void Evaluate(in UserBehaviorContext context, Verdict verdict) => context.Rules.Evaluate(in context, verdict);
}
