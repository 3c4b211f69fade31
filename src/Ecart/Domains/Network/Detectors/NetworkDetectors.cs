using Ecart.Detection;

namespace Ecart.Domains.Network.Detectors;

/// <summary>The detectors of the network domain. To add one: write it in a file beside this one and name it here.</summary>
internal static class NetworkDetectors
{
    /// <summary>All detectors, in the order in which their evidence is told. The class comes after them all: see <see cref="ThreatClassDetector"/>.</summary>
    public static IEventDetector<NetworkContext>[] All { get; } =
    [
        new ProfileDistanceDetector(),
        new NewSourceDetector(),
        new SignatureDetector(),
        new SensorAlertDetector(),
        new ScanDetector(),
        new SlowScanDetector(),
        new NewDestinationDetector(),
        new ExfiltrationDetector(),
        new BeaconDetector(),
        new FloodDetector(),
        new BruteForceDetector(),
        new LateralDetector(),
        new NameQueryDetector(),
        new RuleDetector(),
    ];
}
