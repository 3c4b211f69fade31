using Ecart.Detection;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>The detectors of the user_behavior domain. To add one: write it in a file beside this one and name it here.</summary>
internal static class UserBehaviorDetectors
{
    /// <summary>All detectors, in the order in which their evidence is told.</summary>
    public static IEventDetector<UserBehaviorContext>[] All { get; } =
    [
        new BehaviorDistanceDetector(),
        new SequenceEvidenceDetector(),
        new ImpossibleTravelDetector(),
        new SharedCredentialsDetector(),
        new PasswordGuessingDetector(),
        new NoveltyDetector(),
        new NewProfileDetector(),
        new SignatureDetector(),
        new RuleDetector(),
    ];
}
