using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions.Detectors;

/// <summary>
/// The card is present in a place that it cannot have reached since it was last present. With both positions by speed, else by
/// country; an unknown country has no opinion.
/// </summary>
internal sealed class ImpossibleTravelDetector : IEventDetector<TransactionContext>
{
    /// <inheritdoc/>
    public void Evaluate(in TransactionContext context, Verdict verdict)
    {
        if (!context.HasPreviousPlace) return;
        ImpossibleTravelOptions options = context.Options.ImpossibleTravel;
        double minutes = context.MinutesSincePlace;
        if (!double.IsNaN(context.KmFromPlace))
        {
            double speed = context.KmFromPlace / Math.Max(1, minutes) * 60;
            if (context.KmFromPlace < options.MinimumKm || speed <= options.MaximumKmh) return;
            verdict.Add(new(
                EvidenceCode.ImpossibleTravel, options.Contribution, speed, context.KmFromPlace, options.MaximumKmh, minutes, null));
        }
        else if (context.IsOtherCountry && minutes < options.CountryMinutes)
        {
            verdict.Add(new(
                EvidenceCode.ImpossibleTravel, options.Contribution, double.NaN, double.NaN, options.CountryMinutes, minutes, null));
        }
    }
}
