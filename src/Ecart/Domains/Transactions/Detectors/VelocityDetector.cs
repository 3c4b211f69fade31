using Ecart.Detection;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>More transactions in the window before, by default an hour, than the account's own rhythm explains.</summary>
/// <remarks>
/// The count of <em>earlier</em> transactions is compared with a Poisson distribution whose mean is the account's expectation for this
/// hour of day, shrunk by a Gamma prior (conjugate, so the shrinkage is a weighted mean and never 0).
/// </remarks>
internal sealed class VelocityDetector : IEventDetector<TransactionContext>
{
    /// <inheritdoc/>
    public void Evaluate(in TransactionContext context, Verdict verdict)
    {
        if (context.EarlierInWindow == 0) return;
        VelocityOptions options = context.Options.Velocity;
        double expected = (context.Profile.Hours[context.LocalHour] + (options.PriorHourlyRate * options.PriorDays))
            / (context.Profile.DaysObserved + options.PriorDays) * options.WindowMinutes / 60;
        double probability = Poisson.UpperTail(context.EarlierInWindow, expected);
        if (probability >= options.Rare) return;
        double contribution = probability < options.VeryRare ? options.VeryRareContribution : options.RareContribution;
        verdict.Add(new(EvidenceCode.Velocity, contribution, context.EarlierInWindow, expected, double.NaN, probability, null));
    }
}
