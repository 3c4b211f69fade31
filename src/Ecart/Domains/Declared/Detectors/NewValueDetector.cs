using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Declared.Detectors;

/// <summary>Declared fields with a value that the entity never had, where new values are rare for it.</summary>
internal sealed class NewValueDetector : IEventDetector<DeclaredContext>
{
    /// <inheritdoc/>
    public void Evaluate(in DeclaredContext context, Verdict verdict)
    {
        IReadOnlyList<DeclaredNoveltyOptions> novelty = context.Options.Novelty;
        for (int i = 0; i < novelty.Count; i++)
        {
            double share = context.NewShares[i];
            if (!(share <= novelty[i].Rare) || novelty[i].Contribution <= 0) continue;
            verdict.Add(new(
                EvidenceCode.NewValue, novelty[i].Contribution, context.ValueEvents, double.NaN, novelty[i].Rare, share, novelty[i].Field));
        }
    }
}
