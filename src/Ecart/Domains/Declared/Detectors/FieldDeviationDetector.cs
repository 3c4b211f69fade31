using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Declared.Detectors;

/// <summary>Declared fields whose value is far from the entity's own mean.</summary>
internal sealed class FieldDeviationDetector : IEventDetector<DeclaredContext>
{
    /// <inheritdoc/>
    public void Evaluate(in DeclaredContext context, Verdict verdict)
    {
        IReadOnlyList<DeclaredDeviationOptions> deviations = context.Options.Deviations;
        for (int i = 0; i < deviations.Count; i++)
        {
            double z = deviations[i].Strength(context.Deviations[i]);
            if (!(deviations[i].Contribution(z) is > 0 and var contribution)) continue;
            ref readonly DeclaredMeasure measure = ref context.Plan.Measures[i];
            double mean = context.Profile.Measures[i].Mean;
            double sigma = measure.Sigma(context.Options.Profile, in context.Profile.Measures[i]);
            double threshold = mean + (Math.Sign(context.Deviations[i]) * deviations[i].ZThreshold * sigma);
            verdict.Add(new(
                EvidenceCode.FieldDeviation, contribution, context.Event.Numbers[measure.Field], measure.Undo(mean), measure.Undo(threshold), z, measure.Name));
        }
    }
}
