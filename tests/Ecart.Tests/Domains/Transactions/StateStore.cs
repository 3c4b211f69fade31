using Ecart.Domains.Transactions;
using Ecart.Scoring;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>Checkpoints in memory, kept and given back by the rules of the tables entity_state and entity_history.</summary>
internal sealed class StateStore : IStateSink
{
    private readonly Dictionary<(string Type, string Id), (int Lane, long Seq, int Format, byte[] State)> entities = [];
    private readonly Dictionary<(string Type, string Id), DayCount[]> histories = [];

    public IEnumerable<(string Type, string Id, int Format, byte[] State)> Entities =>
        entities.Select(entry => (entry.Key.Type, entry.Key.Id, entry.Value.Format, entry.Value.State));

    public void Entity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state) =>
        entities[(entityType, entityId)] = (lane, seq, format, state.ToArray());

    public void History(string entityType, string entityId, ReadOnlySpan<DayCount> days) => histories[(entityType, entityId)] = days.ToArray();

    /// <summary>Takes over what a later checkpoint holds.</summary>
    public void Add(StateStore later)
    {
        foreach (var (key, entity) in later.entities) entities[key] = entity;
        foreach (var (key, days) in later.histories) histories[key] = days;
    }

    /// <summary>Gives back one entity, if it is known.</summary>
    public void RestoreTo(TransactionEngine engine, string type, string id)
    {
        if (entities.TryGetValue((type, id), out var entity)) engine.RestoreEntity(type, id, entity.Lane, entity.Seq, entity.Format, entity.State);
    }

    /// <summary>Gives what belongs to no lane to an engine of another process.</summary>
    public void GiveTo(TransactionEngine engine)
    {
        IOtherCounts others = engine.NewOthers();
        foreach (var ((type, id), entity) in entities)
            if (entity.Lane == IStateSink.NoLane) others.AddShared(type, id, entity.Format, entity.State);
        foreach (var ((type, id), days) in histories) others.AddHistory(type, id, days);
        engine.UseOthers(others);
    }

    public void RestoreTo(TransactionEngine engine)
    {
        foreach (var ((type, id), entity) in entities) engine.RestoreEntity(type, id, entity.Lane, entity.Seq, entity.Format, entity.State);
        int newest = histories.TryGetValue(("domain", ""), out DayCount[]? domain) ? domain[^1].Day : 0;
        foreach (var ((type, id), days) in histories)
            if (days.Where(day => day.Day > newest - engine.HistoryDays).ToArray() is { Length: > 0 } kept) engine.RestoreHistory(type, id, kept);
    }
}
