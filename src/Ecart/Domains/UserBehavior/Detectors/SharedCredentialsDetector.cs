using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>
/// The account is used from several devices in different networks at once: back and forth between places that lie apart, or from more of them than one person
/// has.
/// </summary>
internal sealed class SharedCredentialsDetector : IEventDetector<UserBehaviorContext>
{
    /// <inheritdoc/>
    public void Evaluate(in UserBehaviorContext context, Verdict verdict)
    {
        SharingOptions options = context.Options.SharedCredentials;
        bool isBackAndForth = context.AreSourcesApart && context.SourceChanges >= options.Changes;
        if (!isBackAndForth && context.Sources < options.Sources) return;
        verdict.Add(new(
            EvidenceCode.SharedCredentials, options.Contribution, context.Sources, 1, options.Sources, context.SourceChanges, null));
    }
}
