using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.Streaming.Live;

/// <summary>
/// Told what became of an item, exactly one of the calls, once: after the commit, on the thread that awaited it. Keep it short; never block.
/// </summary>
public interface IReceipt
{
    /// <summary>
    /// Whether the item is not to be done any more, because one before it had to go elsewhere: then it is abandoned. Asked when its turn comes. Default false.
    /// </summary>
    bool IsWithdrawn => false;

    /// <summary>The event is durable. Its verdict's memory is reused as soon as this returns: copy what is needed.</summary>
    void Stored(in ScoredEvent scored);

    /// <summary>The event, or a label that says the same, was known before: the first verdict stands and can be read from the store.</summary>
    void Known();

    /// <summary>The label is durable.</summary>
    void Applied();

    /// <summary>The item is among the rejected records.</summary>
    void Rejected(RejectedRecord rejected);

    /// <summary>The service ends or lost its lanes before the item was durable: it may be sent again.</summary>
    void Abandoned(Exception cause);
}
