using Ecart.Detection;
using Ecart.Domains.Iot.Outlook;
using Ecart.Scoring;

namespace Ecart.Domains.Iot.Detectors;

/// <summary>A signal that has been moving away from its normal for hours, or has arrived far from it.</summary>
internal sealed class DriftDetector : IEventDetector<IotContext>
{
    /// <inheritdoc/>
    public void Evaluate(in IotContext context, Verdict verdict)
    {
        if (context.Reading is not { Signal: { Profile: { } profile } signal } reading || !reading.IsToTell(IotFinding.Drift)) return;
        DeviceOutlook outlook = signal.Outlook;
        verdict.Add(new(
            EvidenceCode.Drift, outlook.Score, outlook.FittedNow, outlook.Baseline ?? double.NaN, profile.Critical, outlook.HoursToFailure ?? double.NaN,
            signal.SubjectOf(outlook.Status)));
    }
}
