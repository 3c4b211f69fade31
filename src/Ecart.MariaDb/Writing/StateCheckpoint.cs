using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>State handed over by an engine, spelled as rows at once so that the engine can go on. Not thread-safe.</summary>
public sealed class StateCheckpoint(string domain, RowFormat rowFormat) : IStateSink
{
    /// <summary>Rows of <c>entity_state</c>.</summary>
    public RowWriter Entities { get; } = new(rowFormat);

    /// <summary>Rows of <c>entity_daily</c>.</summary>
    public RowWriter Days { get; } = new(rowFormat);

    /// <inheritdoc/>
    public void Entity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state)
    {
        Entities.Text(domain);
        Entities.Text(entityType);
        Entities.Text(entityId);
        Entities.Number(lane);
        Entities.Number(seq);
        Entities.Number(format);
        Entities.Binary(state);
        Entities.EndRow();
    }

    /// <inheritdoc/>
    public void Daily(string entityType, string entityId, int day, int events, int frauds)
    {
        Days.Text(domain);
        Days.Text(entityType);
        Days.Text(entityId);
        Days.Time(new DateTime(day * TimeSpan.TicksPerDay, DateTimeKind.Utc));
        Days.Number(events);
        Days.Number(frauds);
        Days.EndRow();
    }
}
