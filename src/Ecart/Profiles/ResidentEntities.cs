using System.Diagnostics.CodeAnalysis;

namespace Ecart.Profiles;

/// <summary>
/// The entities in memory, in the order of their last use. One may be dropped as soon as a durable checkpoint holds it as it is: changes are numbered by
/// the checkpoint that will take them, and checkpoints become durable in order. Not thread-safe: the scoring thread's.
/// </summary>
internal sealed class ResidentEntities<TState>
    where TState : ResidentEntity
{
    private readonly Dictionary<string, TState> entities = new(StringComparer.Ordinal);
    private ResidentEntity? newest;
    private ResidentEntity? oldest;
    private long nextCheckpoint = 1;
    private long durableCheckpoint;

    /// <summary>Entities in memory.</summary>
    public int Count => entities.Count;

    /// <summary>Those changed since the last checkpoint.</summary>
    public int ChangedCount { get; private set; }

    /// <summary>All, in no order.</summary>
    public Dictionary<string, TState>.ValueCollection All => entities.Values;

    public bool TryGet(string id, [MaybeNullWhen(false)] out TState state) => entities.TryGetValue(id, out state);

    /// <summary>Whether an entity changed since the last checkpoint.</summary>
    public bool IsChanged(TState state) => state.ChangedIn == nextCheckpoint;

    /// <summary>Makes an entity the last that would be dropped.</summary>
    /// <returns>False when it is not in memory.</returns>
    public bool TryUse(string id)
    {
        if (!entities.TryGetValue(id, out TState? state)) return false;
        Use(state);
        return true;
    }

    /// <summary>Notes that an entity changes.</summary>
    public void Change(TState state)
    {
        Use(state);
        if (state.ChangedIn == nextCheckpoint) return;
        state.ChangedIn = nextCheckpoint;
        ChangedCount++;
    }

    /// <summary>Puts an entity in, in place of what was known of it.</summary>
    public void Put(TState state)
    {
        if (entities.TryGetValue(state.Id, out TState? known))
        {
            Unlink(known);
            if (IsChanged(known)) ChangedCount--;
        }

        entities[state.Id] = state;
        LinkNewest(state);
    }

    /// <summary>Ends a checkpoint that has taken all changes.</summary>
    public void EndCheckpoint()
    {
        nextCheckpoint++;
        ChangedCount = 0;
    }

    /// <summary>The oldest checkpoint that was not durable is so now.</summary>
    public void KeepCheckpoint() => durableCheckpoint++;

    /// <summary>Drops those used longest ago until few enough are left, or the next has changes that are not durable.</summary>
    /// <returns>Number of those dropped.</returns>
    public int Evict(int mostResident)
    {
        int before = entities.Count;
        while (entities.Count > mostResident && oldest is { } last && last.ChangedIn <= durableCheckpoint)
        {
            Unlink(last);
            entities.Remove(last.Id);
        }

        return before - entities.Count;
    }

    private void Use(ResidentEntity state)
    {
        if (state == newest) return;
        Unlink(state);
        LinkNewest(state);
    }

    private void LinkNewest(ResidentEntity state)
    {
        state.Older = newest;
        state.Newer = null;
        if (newest is null) oldest = state;
        else newest.Newer = state;
        newest = state;
    }

    private void Unlink(ResidentEntity state)
    {
        if (state.Newer is null) newest = state.Older;
        else state.Newer.Older = state.Older;
        if (state.Older is null) oldest = state.Newer;
        else state.Older.Newer = state.Newer;
    }
}
