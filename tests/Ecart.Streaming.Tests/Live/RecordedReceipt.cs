using Ecart.Events;
using Ecart.Scoring;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Tests.Live;

/// <summary>What a source was told of one item, and how often.</summary>
internal sealed class RecordedReceipt(ReplayItemText item) : IReceipt
{
    private readonly TaskCompletionSource<Told> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int calls;

    /// <summary>The item, for messages.</summary>
    public ReplayItemText Item => item;

    /// <summary>Ends with the first that is told.</summary>
    public Task<Told> Outcome => first.Task;

    /// <summary>How often something was told: once is right.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Place and score of a stored event.</summary>
    public (int Lane, long Seq, double Score) Place { get; private set; }

    /// <summary>Why it was rejected or abandoned.</summary>
    public string Cause { get; private set; } = "";

    public void Stored(in ScoredEvent scored)
    {
        Place = (scored.Lane, scored.Seq, scored.Verdict.Score);
        Tell(Told.Stored);
    }

    public void Known() => Tell(Told.Known);

    public void Applied() => Tell(Told.Applied);

    public void Rejected(RejectedRecord rejected)
    {
        Cause = rejected.Message;
        Tell(Told.Rejected);
    }

    public void Abandoned(Exception cause)
    {
        Cause = cause.Message;
        Tell(Told.Abandoned);
    }

    private void Tell(Told told)
    {
        Interlocked.Increment(ref calls);
        first.TrySetResult(told);
    }
}
