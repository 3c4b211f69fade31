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
    private readonly TaskCompletionSource<PostedOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReplayItem Item => item;

    public string? EventUid => eventUid;

    /// <summary>Whether the pipeline took it; what it did not take has no outcome.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Ends once the item is durable, or was given up.</summary>
    public Task<PostedOutcome> Outcome => outcome.Task;

    public void Stored(in ScoredEvent scored) =>
        outcome.TrySetResult(new PostedOutcome(PostedOutcomeKind.Stored, StoredVerdict.Of(in scored), null));

    public void Known() => outcome.TrySetResult(new PostedOutcome(PostedOutcomeKind.Known, null, null));

    public void Applied() => outcome.TrySetResult(new PostedOutcome(PostedOutcomeKind.Applied, null, null));

    public void Rejected(RejectedRecord rejected) => outcome.TrySetResult(new PostedOutcome(PostedOutcomeKind.Rejected, null, rejected));

    public void Abandoned(Exception cause) => outcome.TrySetResult(new PostedOutcome(PostedOutcomeKind.Abandoned, null, null));
}
