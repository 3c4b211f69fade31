using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>The alert of another sensor, worth as much as a signature of its severity.</summary>
internal sealed class SensorAlertDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        NetworkFlow flow = context.Event;
        if (flow.Kind != NetworkRecordKind.Alert || flow.AlertName is null) return;
        Severity severity = flow.AlertSeverity switch
        {
            1 => Severity.High,
            2 => Severity.Medium,
            _ => Severity.Low,
        };
        double contribution = context.Options.Signature.Contribution(severity);
        verdict.Add(new(EvidenceCode.SensorAlert, contribution, flow.AlertSeverity, double.NaN, double.NaN, double.NaN, flow.AlertName));
    }
}
