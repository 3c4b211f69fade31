using Ecart.Detection;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.Declared.Detectors;

/// <summary>More events in the window before than the entity's own rhythm explains.</summary>
/// <remarks>
/// The count of <em>earlier</em> events is compared with a Poisson distribution whose mean is the entity's expectation for this hour of day, shrunk by a Gamma
/// prior (conjugate, so the shrinkage is a weighted mean and never 0).
/// </remarks>
internal sealed class VelocityDetector : IEventDetector<DeclaredContext>
{
    /// <inheritdoc/>
    public void Evaluate(in DeclaredContext context, Verdict verdict)
    {
        if (context.EarlierInWindow == 0 || context.Options.Velocity is not { } options) return;
        double expected = (context.Profile.Hours[context.Event.LocalTime.Hour] + (options.PriorHourlyRate * options.PriorDays))
            / (context.Profile.DaysObserved + options.PriorDays) * options.WindowMinutes / 60;
        double probability = Poisson.UpperTail(context.EarlierInWindow, expected);
        if (probability >= options.Rare) return;
        double contribution = probability < options.VeryRare ? options.VeryRareContribution : options.RareContribution;
        verdict.Add(new(EvidenceCode.Velocity, contribution, context.EarlierInWindow, expected, double.NaN, probability, null));
    }
}
