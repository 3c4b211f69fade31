using Ecart.MariaDb.Writing;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// What the server has refused during a replay: when such an event comes again it is rejected instead of scored. Not thread-safe: the scoring
/// thread's.
/// </summary>
internal sealed class RefusedEvents
{
    private readonly Dictionary<(UInt128 Key, ulong Content), RefusedEvent> refused = [];

    public void Add(RefusedEvent refusal) =>
        refused[(UidHash.Compute(refusal.Event.Domain, refusal.Event.EventUid), refusal.Event.ContentHash)] = refusal;

    /// <summary>The refusal of an event of this key and content; another event under the same uid may well be taken.</summary>
    public RefusedEvent? Find(UInt128 key, ulong content) => refused.GetValueOrDefault((key, content));
}
