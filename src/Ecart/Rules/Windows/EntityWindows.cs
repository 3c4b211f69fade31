using System.Buffers;
using Ecart.Profiles;
using Ecart.Scoring;

namespace Ecart.Rules.Windows;

/// <summary>
/// What an engine keeps so that its rules can ask for windows. The events of the primary entity are the engine's own, in the state of that entity; those of other
/// types are kept here, bounded, and stored as state that all lanes share. Nothing is kept that no rule asks for. Not thread-safe.
/// </summary>
internal sealed class EntityWindows<TContext>
    where TContext : allows ref struct
{
    /// <summary>Type under which the events of other entities are stored; their ids are "type:id".</summary>
    public const string StoredType = "window";

    private readonly EntityTypeWindows<TContext>? primary;
    private readonly (EntityTypeWindows<TContext> Type, Dictionary<string, WindowEvents> Entities)[] others;
    private readonly RuleWindowOptions options;
    private readonly double[]? values;
    private readonly ArrayBufferWriter<byte> buffer = new(256);

    /// <param name="fields">Fields of the domain.</param>
    /// <param name="windows">What the rules ask for.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="lateness">How late an event may be and still be scored.</param>
    public EntityWindows(RuleFields<TContext> fields, IReadOnlyList<RuleWindow> windows, RuleWindowOptions options, TimeSpan lateness)
    {
        this.options = options;
        string[] entities = [.. windows.Select(window => window.Entity).Distinct(StringComparer.Ordinal)];
        string? primaryName = fields.Windows?.Primary;
        if (entities.Contains(primaryName)) primary = new(primaryName!, fields, windows, options, lateness);
        others = [.. entities.Where(entity => entity != primaryName).Select(entity => (
            new EntityTypeWindows<TContext>(entity, fields, windows, options, lateness),
            new Dictionary<string, WindowEvents>(StringComparer.Ordinal)))];
        values = windows.Count > 0 ? new double[windows.Count] : null;
    }

    /// <summary>What other processes keep of the entities that all lanes share; null in a process alone.</summary>
    public EntityWindows<TContext>? Others { get; set; }

    /// <summary>Makes the windows' values for an event.</summary>
    /// <param name="context">The event; what is known of its entity is not read.</param>
    /// <param name="ticks">Event time.</param>
    /// <param name="own">The primary entity's events; null for none.</param>
    /// <returns>The values by position, valid until the next call; null when no rule asks.</returns>
    public double[]? Measure(in TContext context, long ticks, WindowEvents? own)
    {
        if (values is null) return null;
        primary?.Measure(own, null, isKnown: true, ticks, values);
        foreach ((EntityTypeWindows<TContext> type, Dictionary<string, WindowEvents> entities) in others)
        {
            string? id = type.IdOf(in context);
            WindowEvents? events = id is null ? null : entities.GetValueOrDefault(id);
            type.Measure(events, id is null ? null : Others?.Find(type.Entity, id), id is not null, ticks, values);
        }

        return values;
    }

    /// <summary>Takes an event in.</summary>
    /// <param name="context">The event; what is known of its entity is not read.</param>
    /// <param name="ticks">Event time.</param>
    /// <param name="own">The primary entity's events; made when they are needed.</param>
    public void Learn(in TContext context, long ticks, ref WindowEvents? own)
    {
        if (values is null) return;
        primary?.Learn(in context, ticks, own ??= primary.NewEvents());
        foreach ((EntityTypeWindows<TContext> type, Dictionary<string, WindowEvents> entities) in others)
        {
            if (type.IdOf(in context) is not { } id) continue;
            if (!entities.TryGetValue(id, out WindowEvents? events))
            {
                if (entities.Count >= options.MaximumEntities) Forget(type, entities, ticks);
                entities.Add(id, events = type.NewEvents());
            }

            type.Learn(in context, ticks, events);
        }
    }

    /// <summary>Writes the events of the primary entity.</summary>
    public void WriteOwn(WindowEvents own, StateWriter writer) => WindowEventsCodec.Write(own, primary!.Columns.Names, writer);

    /// <summary>Reads what <see cref="WriteOwn"/> wrote, under these rules or others: null when none asks for it any more.</summary>
    public WindowEvents? ReadOwn(ref StateReader reader) => WindowEventsCodec.Read(primary, ref reader);

    /// <summary>Hands the entities changed since the last call to a sink.</summary>
    public void Write(IStateSink sink, int format)
    {
        foreach ((EntityTypeWindows<TContext> type, Dictionary<string, WindowEvents> entities) in others)
        {
            foreach ((string id, WindowEvents events) in entities.Where(entry => entry.Value.IsChanged).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                buffer.ResetWrittenCount();
                WindowEventsCodec.Write(events, type.Columns.Names, new StateWriter(buffer));
                sink.Entity(StoredType, $"{type.Entity}:{id}", IStateSink.NoLane, 0, format, buffer.WrittenSpan);
                events.IsChanged = false;
            }
        }
    }

    /// <summary>Takes back an entity's events.</summary>
    public void Restore(string storedId, ref StateReader reader)
    {
        int colon = storedId.IndexOf(':', StringComparison.Ordinal);
        string entity = colon < 0 ? "" : storedId[..colon];
        (EntityTypeWindows<TContext> type, Dictionary<string, WindowEvents> entities) = others.FirstOrDefault(one => one.Type.Entity == entity);
        WindowEvents? events = WindowEventsCodec.Read(type, ref reader);
        if (events is not null && entities.Count < options.MaximumEntities) entities[storedId[(colon + 1)..]] = events;
    }

    private WindowEvents? Find(string entity, string id)
    {
        foreach ((EntityTypeWindows<TContext> type, Dictionary<string, WindowEvents> entities) in others)
            if (type.Entity == entity) return entities.GetValueOrDefault(id);
        return null;
    }

    /// <summary>Makes room: those that no window can see any more, and a quarter of the room at least, unseen for longest.</summary>
    private void Forget(EntityTypeWindows<TContext> type, Dictionary<string, WindowEvents> entities, long now)
    {
        int kept = options.MaximumEntities - (options.MaximumEntities / 4);
        int position = 0;
        foreach ((string id, WindowEvents events) in entities.OrderByDescending(entry => entry.Value.NewestTicks).ThenBy(entry => entry.Key, StringComparer.Ordinal).ToArray())
            if (position++ >= kept || type.IsForgotten(events.NewestTicks, now)) entities.Remove(id);
    }
}
