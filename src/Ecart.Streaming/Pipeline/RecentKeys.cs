using System.Diagnostics.CodeAnalysis;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// What the newest batches said of a uid, which a look-up in the store may have missed because it ran before they were committed. Not
/// thread-safe: the scoring thread's.
/// </summary>
/// <param name="batches">Batches remembered: at least as many as can lie between a look-up and the commit that it missed.</param>
internal sealed class RecentKeys<TValue>(int batches)
{
    private readonly Dictionary<UInt128, TValue> values = [];
    private readonly Queue<List<UInt128>> byBatch = new();
    private List<UInt128> current = [];

    public bool TryGet(UInt128 key, [MaybeNullWhen(false)] out TValue value) => values.TryGetValue(key, out value);

    public void Set(UInt128 key, TValue value)
    {
        values[key] = value;
        current.Add(key);
    }

    /// <summary>Ends a batch and forgets the oldest one.</summary>
    public void EndBatch()
    {
        byBatch.Enqueue(current);
        if (byBatch.Count <= batches)
        {
            current = [];
            return;
        }

        current = byBatch.Dequeue();
        foreach (UInt128 key in current) values.Remove(key);
        current.Clear();
    }
}
