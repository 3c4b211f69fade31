using Ecart.Detection;
using Ecart.Domains.Iot.Signals;
using Ecart.Scoring;

namespace Ecart.Domains.Iot.Detectors;

/// <summary>Distance from what is normal for the signal.</summary>
internal sealed class BaselineDistanceDetector : IEventDetector<IotContext>
{
    /// <inheritdoc/>
    public void Evaluate(in IotContext context, Verdict verdict)
    {
        if (context.Reading is not { Signal.Profile: { } profile } reading || !reading.IsToTell(IotFinding.Distance)) return;
        double contribution = context.Options.Distance.Contribution(reading.Distance, profile.Remarkable, profile.Span);
        verdict.Add(new(
            EvidenceCode.ProfileDistance, contribution, reading.Distance, profile.Mean, profile.Critical, reading.DistanceSigmas, context.Event.Signal));
    }
}
