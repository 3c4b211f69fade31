using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Iot.Detectors;

/// <summary>The signals of a calibrated device do not fit each other as they did.</summary>
internal sealed class JointProcessDetector : IEventDetector<IotContext>
{
    /// <summary>Thresholds above the first at which it adds the most.</summary>
    private const double MostBeyond = 2;

    /// <inheritdoc/>
    public void Evaluate(in IotContext context, Verdict verdict)
    {
        if (context.Reading is not { Device.Joint: { } joint } reading || !reading.IsToTell(IotFinding.Joint)) return;
        IotStreamDetectorOptions options = context.Monitor!;
        double beyond = Math.Clamp(((reading.Joint / reading.JointThreshold) - 1) / MostBeyond, 0, 1);
        double contribution = options.Minimum + ((options.Maximum - options.Minimum) * beyond);
        verdict.Add(new(
            EvidenceCode.JointProcess, contribution, reading.Joint, double.NaN, reading.JointThreshold, reading.Joint / reading.JointThreshold, joint.Drivers()));
    }
}
