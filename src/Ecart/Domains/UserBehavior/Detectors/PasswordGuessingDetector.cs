using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior.Detectors;

/// <summary>More failures shortly after one another than mistyping explains, or a success right after them.</summary>
internal sealed class PasswordGuessingDetector : IEventDetector<UserBehaviorContext>
{
    /// <inheritdoc/>
    public void Evaluate(in UserBehaviorContext context, Verdict verdict)
    {
        GuessingOptions options = context.Options.PasswordGuessing;
        bool isFailure = context.Event.Outcome == ActionOutcome.Failure;
        int failures = context.FailuresInWindow + (isFailure ? 1 : 0);
        if (failures < options.Failures || context.Event.Outcome == ActionOutcome.Unknown) return;
        double contribution = isFailure ? options.Contribution : options.SuccessContribution;
        verdict.Add(new(
            EvidenceCode.PasswordGuessing, contribution, failures, double.NaN, options.Failures, double.NaN, isFailure ? "failure" : "success"));
    }
}
