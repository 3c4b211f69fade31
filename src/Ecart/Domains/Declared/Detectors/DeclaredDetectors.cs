using Ecart.Detection;

namespace Ecart.Domains.Declared.Detectors;

/// <summary>The detectors of every declared domain; each says nothing where its settings are left out. To add one: write it in a file beside this one and name it here.</summary>
internal static class DeclaredDetectors
{
    /// <summary>All detectors, in the order in which their evidence is told.</summary>
    public static IEventDetector<DeclaredContext>[] All { get; } =
    [
        new BehaviorDistanceDetector(),
        new FieldDeviationDetector(),
        new NewValueDetector(),
        new VelocityDetector(),
        new NewProfileDetector(),
        new SignatureDetector(),
        new RuleDetector(),
    ];
}
