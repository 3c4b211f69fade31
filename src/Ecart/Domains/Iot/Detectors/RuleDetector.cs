using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Iot.Detectors;

/// <summary>The rules that the configuration adds to the built-in detectors.</summary>
internal sealed class RuleDetector : IEventDetector<IotContext>
{
    /// <inheritdoc/>
    public void Evaluate(in IotContext context, Verdict verdict) => context.Rules.Evaluate(in context, verdict);
}
