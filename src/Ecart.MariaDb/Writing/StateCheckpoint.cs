using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>State handed over by an engine, spelled as rows at once so that the engine can go on. May be used again. Not thread-safe.</summary>
public sealed class StateCheckpoint(string domain, RowFormat rowFormat, StatePart part) : IStateSink
{
    /// <summary>Bytes of memory that are worth keeping for the next checkpoint: as much as some thousand entities take.</summary>
    private const int KeptBytes = 32 * 1024 * 1024;
    private readonly HistoryText text = new();

    /// <summary>Rows of <c>entity_state</c>.</summary>
    public RowWriter Entities { get; } = new(rowFormat);

    /// <summary>The part of the shared counts that this is.</summary>
    public StatePart Part { get; private set; } = part;

    /// <summary>
    /// Whether this is everything that was ever counted, so that the other parts go, and the states of other embeddings, which are made again when they are
    /// needed. Default false: they are other processes' counts.
    /// </summary>
    public bool IsWhole { get; init; }

    /// <summary>Version of the embeddings whose state this is. Default 1.</summary>
    public int EmbeddingVersion { get; init; } = 1;

    /// <summary>The domain.</summary>
    public string Domain => domain;

    /// <summary>Rows of <c>shared_state</c>.</summary>
    public RowWriter Shared { get; } = new(rowFormat);

    /// <summary>Rows of <c>entity_history</c>.</summary>
    public RowWriter Histories { get; } = new(rowFormat);

    /// <summary>Forgets everything, for another checkpoint: memory that was needed once is needed again.</summary>
    /// <param name="nextPart">The part of the shared counts that the next one is.</param>
    public void Clear(StatePart nextPart)
    {
        Part = nextPart;
        foreach (RowWriter rows in new[] { Entities, Shared, Histories }) rows.Clear(KeptBytes);
    }

    /// <inheritdoc/>
    public void Entity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state)
    {
        if (lane == IStateSink.NoLane)
        {
            WriteShared(entityType, entityId, format, state);
            return;
        }

        Entities.Text(domain);
        Entities.Text(entityType);
        Entities.Text(entityId);
        Entities.Number(lane);
        Entities.Number(EmbeddingVersion);
        Entities.Number(seq);
        Entities.Number(format);
        Entities.Binary(state);
        Entities.EndRow();
    }

    /// <inheritdoc/>
    public void History(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
        if (days.IsEmpty) return;
        Histories.Text(domain);
        Histories.Text(entityType);
        Histories.Text(entityId);
        Histories.Number(Part.Number);
        Histories.Date(new DateTime(days[^1].Day * TimeSpan.TicksPerDay, DateTimeKind.Utc));
        Histories.Utf8(text.Write(days));
        Histories.EndRow();
    }

    private void WriteShared(string entityType, string entityId, int format, ReadOnlySpan<byte> state)
    {
        Shared.Text(domain);
        Shared.Text(entityType);
        Shared.Text(entityId);
        Shared.Number(Part.Number);
        Shared.Number(format);
        Shared.Binary(state);
        Shared.EndRow();
    }
}
