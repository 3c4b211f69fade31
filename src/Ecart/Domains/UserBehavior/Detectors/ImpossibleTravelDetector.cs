using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>The user acts in a place that cannot have been reached since the last one. With both positions by speed, else by country.</summary>
internal sealed class ImpossibleTravelDetector : IEventDetector<UserBehaviorContext>
{
    /// <inheritdoc/>
    public void Evaluate(in UserBehaviorContext context, Verdict verdict)
    {
        if (!context.HasPreviousPlace) return;
        TravelOptions options = context.Options.ImpossibleTravel;
        double minutes = context.MinutesSincePlace;
        if (!double.IsNaN(context.KmFromPlace))
        {
            double speed = context.KmFromPlace / Math.Max(1, minutes) * 60;
            if (context.KmFromPlace < options.MinimumKm || speed <= options.MaximumKmh) return;
            verdict.Add(new(
                EvidenceCode.ImpossibleTravel, options.Contribution, speed, context.KmFromPlace, options.MaximumKmh, minutes, UserBehaviorEvent.Subject));
        }
        else if (context.IsOtherCountry && minutes < options.CountryMinutes)
        {
            verdict.Add(new(
                EvidenceCode.ImpossibleTravel, options.Contribution, double.NaN, double.NaN, options.CountryMinutes, minutes, UserBehaviorEvent.Subject));
        }
    }
}
