using Ecart.Detection;

namespace Ecart.Domains.Iot.Detectors;

/// <summary>The detectors of the iot domain. To add one: write it in a file beside this one and name it here.</summary>
internal static class IotDetectors
{
    /// <summary>All detectors, in the order in which their evidence is told.</summary>
    public static IEventDetector<IotContext>[] All { get; } =
    [
        new JointProcessDetector(),
        new TimeSeriesEvidenceDetector(),
        new BaselineDistanceDetector(),
        new DriftDetector(),
        new SensorFaultDetector(),
        new SignatureDetector(),
        new RuleDetector(),
    ];
}
