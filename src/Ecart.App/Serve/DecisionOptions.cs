using Ecart.MariaDb.Reading;

namespace Ecart.App.Serve;

/// <summary>How verdicts become decisions, and what is decided without one.</summary>
internal sealed class DecisionOptions
{
    /// <summary>Score from which an event is to be reviewed. Default 0.5.</summary>
    public double ReviewFrom { get; set; } = 0.5;

    /// <summary>Score from which an event is to be declined, at least <see cref="ReviewFrom"/>. Default 0.8.</summary>
    public double DeclineFrom { get; set; } = 0.8;

    /// <summary>
    /// Milliseconds within which a decision is due when the request names no budget, 1 to 60,000. Default 0: no budget, the answer waits for the commit.
    /// </summary>
    public int BudgetMilliseconds { get; set; }

    /// <summary>
    /// Decision when the budget is spent, the store is away, or the event is too late to be scored. Default approve (fail open); review or decline fail
    /// closed.
    /// </summary>
    public Decision WhenDegraded { get; set; } = Decision.Approve;

    /// <summary>The decision on a verdict. What an exception has silenced is approved.</summary>
    public Decision Of(StoredVerdict verdict)
    {
        if (verdict.SuppressedBy is not null) return Decision.Approve;
        if (verdict.Score is not { } score) return WhenDegraded;
        if (score >= DeclineFrom) return Decision.Decline;
        return score >= ReviewFrom ? Decision.Review : Decision.Approve;
    }
}
