using Ecart.Events;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources;

namespace Ecart.App.Serve.Http;

/// <summary>One event or label of a request, and what became of it.</summary>
/// <param name="item">What is handed in.</param>
/// <param name="eventUid">The event that it is or speaks of; null when that could not be read.</param>
internal sealed class PostedItem(ReplayItem item, string? eventUid) : IReceipt
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PostedOutcome? outcome;

    public ReplayItem Item => item;

    public string? EventUid => eventUid;

    /// <summary>Whether the pipeline took it; what it did not take has no outcome.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Completes once the item is durable, or was given up.</summary>
    public Task Ended => ended.Task;

    /// <summary>What became of it; null as long as that is open.</summary>
    public PostedOutcome? Outcome => Volatile.Read(ref outcome);

    public void Stored(in ScoredEvent scored) => End(new PostedOutcome(PostedOutcomeKind.Stored, Verdict: StoredVerdict.Of(in scored)));

    public void Known() => End(new PostedOutcome(PostedOutcomeKind.Known));

    public void Applied() => End(new PostedOutcome(PostedOutcomeKind.Applied));

    public void Rejected(RejectedRecord rejected) => End(new PostedOutcome(PostedOutcomeKind.Rejected, Rejection: rejected));

    public void Abandoned(Exception cause) => End(new PostedOutcome(PostedOutcomeKind.Abandoned));

    private void End(PostedOutcome end)
    {
        if (Interlocked.CompareExchange(ref outcome, end, null) is null) ended.TrySetResult();
    }
}
