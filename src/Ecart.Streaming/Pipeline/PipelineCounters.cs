using System.Collections.Concurrent;
using Ecart.Scoring;

namespace Ecart.Streaming.Pipeline;

/// <summary>What a pipeline has done so far. Written by the pipeline, read by anyone: each number is exact, together they may be a moment apart.</summary>
public sealed class PipelineCounters
{
    private readonly long[] alerts = new long[(int)Severity.Critical + 1];
    private readonly ConcurrentDictionary<string, long> evidence = new(StringComparer.Ordinal);
    private long committed;
    private long duplicates;
    private long rejected;
    private long late;
    private long labels;
    private long flagged;
    private long suppressed;
    private long skipped;
    private long residentEntities;
    private long entityHits;
    private long entityMisses;
    private long entityEvictions;
    private double scoreSum;
    private long newestEvent;

    /// <summary>Events scored and durable.</summary>
    public long Committed => Volatile.Read(ref committed);

    /// <summary>Events seen before with the same content: the first verdict stands. Labels that say what is known already.</summary>
    public long Duplicates => Volatile.Read(ref duplicates);

    /// <summary>Records in the rejected table.</summary>
    public long Rejected => Volatile.Read(ref rejected);

    /// <summary>Events too late to be scored, stored and marked.</summary>
    public long Late => Volatile.Read(ref late);

    /// <summary>Labels applied.</summary>
    public long Labels => Volatile.Read(ref labels);

    /// <summary>Events flagged.</summary>
    public long Flagged => Volatile.Read(ref flagged);

    /// <summary>Flagged events that an exception silenced.</summary>
    public long Suppressed => Volatile.Read(ref suppressed);

    /// <summary>Items passed over because an earlier run had committed them.</summary>
    public long Skipped => Volatile.Read(ref skipped);

    /// <summary>Entities in memory, of those that are dropped and restored.</summary>
    public long ResidentEntities => Volatile.Read(ref residentEntities);

    /// <summary>Times that an event or label of a batch found its entity in memory.</summary>
    public long EntityHits => Volatile.Read(ref entityHits);

    /// <summary>Entities that a batch needed and the store was asked for; new ones are among them.</summary>
    public long EntityMisses => Volatile.Read(ref entityMisses);

    /// <summary>Entities dropped from memory.</summary>
    public long EntityEvictions => Volatile.Read(ref entityEvictions);

    /// <summary>Sum of the scores of the events that were scored, which are those that were not too late.</summary>
    public double ScoreSum => Volatile.Read(ref scoreSum);

    /// <summary>Event time, UTC, of the newest durable event; null before the first.</summary>
    public DateTime? NewestEvent => Volatile.Read(ref newestEvent) is > 0 and long ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;

    /// <summary>Pieces of evidence that were found, by code, those that contributed nothing too.</summary>
    public IReadOnlyDictionary<string, long> Evidence => evidence;

    /// <summary>Alerts raised of a severity.</summary>
    public long Alerts(Severity severity) => Volatile.Read(ref alerts[(int)severity]);

    internal void AddSkipped(long count) => Interlocked.Add(ref skipped, count);

    internal void AddEvictions(long count) => Interlocked.Add(ref entityEvictions, count);

    internal void AddResidency(long hits, long misses, long resident)
    {
        Interlocked.Add(ref entityHits, hits);
        Interlocked.Add(ref entityMisses, misses);
        Volatile.Write(ref residentEntities, resident);
    }

    internal void AddCommitted(BatchTally tally)
    {
        for (int i = 0; i < alerts.Length; i++) Interlocked.Add(ref alerts[i], tally.Alerts[i]);
        foreach ((string code, long count) in tally.Evidence)
        {
            if (count > 0) evidence.AddOrUpdate(code, static (_, added) => added, static (_, before, added) => before + added, count);
        }

        // One thread writes these two.
        Volatile.Write(ref scoreSum, scoreSum + tally.ScoreSum);
        if (tally.NewestEvent.Ticks > newestEvent) Volatile.Write(ref newestEvent, tally.NewestEvent.Ticks);
        Interlocked.Add(ref duplicates, tally.Duplicates);
        Interlocked.Add(ref rejected, tally.Rejected);
        Interlocked.Add(ref late, tally.Late);
        Interlocked.Add(ref labels, tally.Labels);
        Interlocked.Add(ref flagged, tally.Flagged);
        Interlocked.Add(ref suppressed, tally.Suppressed);
        Interlocked.Add(ref committed, tally.Events);
    }
}
