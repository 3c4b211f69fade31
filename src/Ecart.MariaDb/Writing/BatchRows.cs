using System.Buffers.Binary;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>One batch spelled as the rows of every table it goes into. Reused; not thread-safe.</summary>
internal sealed class BatchRows(RowFormat format)
{
    internal static readonly string[] KeyColumns = ["uid_hash", "content_hash", "domain", "lane", "seq", "occurred_at"];

    internal static readonly string[] AlertColumns =
    [
        "domain", "event_uid", "lane", "seq", "occurred_at", "entity_type", "entity_id", "alert_type", "severity", "score", "explanation", "created_at",
        "updated_at",
    ];

    internal static readonly string[] OutboxColumns = ["domain", "event_uid", "route", "payload", "created_at", "next_attempt_at"];

    internal static readonly string[] LabelColumns =
        ["lane", "seq", "domain", "event_uid", "occurred_at", "is_fraud", "previous", "known_at", "source", "received_at"];

    internal static readonly string[] HitColumns =
        ["exception_id", "occurred_at", "domain", "lane", "seq", "event_uid", "entity_type", "entity_id", "score", "severity"];

    internal static readonly string[] RejectedColumns =
        ["source", "partition_id", "source_offset", "domain", "event_uid", "reason", "field", "value", "message", "payload", "received_at"];

    /// <summary>
    /// A record that is read again stays the row that it is: its number is what people retry, and what was handed on is not handed on again. Only another
    /// content at the same place, as in a topic made anew, is news.
    /// </summary>
    internal const string RejectedAgain =
        "ON DUPLICATE KEY UPDATE retried_at = IF(payload = VALUES(payload), retried_at, NULL), "
        + "dead_lettered_at = IF(payload = VALUES(payload), dead_lettered_at, NULL), domain = VALUES(domain), event_uid = VALUES(event_uid), "
        + "field = VALUES(field), value = VALUES(value), message = VALUES(message), payload = VALUES(payload)";

    private readonly ReasonsWriter reasons = new();
    private readonly List<(UInt128 Key, int Position)> keyOrder = [];

    public RowWriter Events { get; } = new(format);

    public RowWriter Keys { get; } = new(format);

    public RowWriter Alerts { get; } = new(format);

    public RowWriter Outbox { get; } = new(format);

    /// <summary>Events that exceptions silenced.</summary>
    public RowWriter Hits { get; } = new(format);

    public RowWriter Labels { get; } = new(format);

    /// <summary>Few, and LOAD DATA knows no upsert.</summary>
    public RowWriter Rejected { get; } = new(RowFormat.Insert);

    /// <summary>Spells the event rows.</summary>
    public void WriteEvents(CommitBatch batch, IEventTable table)
    {
        Events.Clear();
        foreach (ScoredEvent scored in batch.Events) table.WriteRow(in scored, Events);
    }

    /// <summary>Spells everything else.</summary>
    public void WriteRest(CommitBatch batch, DateTime now, BatchCommitterOptions options)
    {
        foreach (RowWriter rows in new[] { Keys, Alerts, Outbox, Hits, Labels, Rejected }) rows.Clear();
        WriteKeys(batch);
        for (int i = 0; i < batch.Events.Count; i++)
        {
            ScoredEvent scored = batch.Events[i];
            if (scored.Verdict.RaisesAlert) WriteAlert(in scored, now, options);
            else if (scored.Verdict.SuppressedBy != 0) WriteHit(in scored);
        }

        foreach (LabelEntry label in batch.Labels) WriteLabel(label, now);
        foreach (RejectedRecord rejected in batch.Rejected) WriteRejected(rejected, now);
    }

    /// <summary>In the order of the hashes, which is that of the table: sorted rows cost the server less.</summary>
    private void WriteKeys(CommitBatch batch)
    {
        keyOrder.Clear();
        for (int i = 0; i < batch.Keys.Count; i++) keyOrder.Add((batch.Keys[i], i));
        keyOrder.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        foreach ((UInt128 key, int position) in keyOrder)
        {
            ScoredEvent scored = batch.Events[position];
            WriteKey(in scored, key);
        }
    }

    private void WriteKey(in ScoredEvent scored, UInt128 key)
    {
        DomainEvent domainEvent = scored.Event;
        Span<byte> hash = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(hash, key);
        Keys.Binary(hash);
        Keys.Number(domainEvent.ContentHash);
        Keys.Text(domainEvent.Domain);
        Keys.Number(scored.Lane);
        Keys.Number(scored.Seq);
        Keys.Time(domainEvent.OccurredAt);
        Keys.EndRow();
    }

    private void WriteAlert(in ScoredEvent scored, DateTime now, BatchCommitterOptions options)
    {
        DomainEvent domainEvent = scored.Event;
        Alerts.Text(domainEvent.Domain);
        Alerts.Text(domainEvent.EventUid);
        Alerts.Number(scored.Lane);
        Alerts.Number(scored.Seq);
        Alerts.Time(domainEvent.OccurredAt);
        Alerts.Text(domainEvent.PrimaryEntityType);
        Alerts.Text(domainEvent.PrimaryEntityId);
        Alerts.Text(AlertType.Of(scored.Verdict));
        Alerts.Text(StoredNames.Of(scored.Verdict.Severity));
        Alerts.Number(scored.Verdict.Score);
        reasons.WriteExplanation(scored.Verdict, options.FlagThreshold, Alerts);
        Alerts.Time(now);
        Alerts.Time(now);
        Alerts.EndRow();

        Outbox.Text(domainEvent.Domain);
        Outbox.Text(domainEvent.EventUid);
        Outbox.Text(options.RouteOf(scored.Verdict.Severity));
        reasons.WriteMessage(in scored, Outbox);
        Outbox.Time(now);
        Outbox.Time(now);
        Outbox.EndRow();
    }

    private void WriteHit(in ScoredEvent scored)
    {
        Hits.Number(scored.Verdict.SuppressedBy);
        Hits.Time(scored.Event.OccurredAt);
        Hits.Text(scored.Event.Domain);
        Hits.Number(scored.Lane);
        Hits.Number(scored.Seq);
        Hits.Text(scored.Event.EventUid);
        Hits.Text(scored.Event.PrimaryEntityType);
        Hits.Text(scored.Event.PrimaryEntityId);
        Hits.Number(scored.Verdict.Score);
        Hits.Text(StoredNames.Of(scored.Verdict.Severity));
        Hits.EndRow();
    }

    private void WriteLabel(LabelEntry entry, DateTime now)
    {
        Labels.Number(entry.Lane);
        Labels.Number(entry.Seq);
        Labels.Text(entry.Label.Domain);
        Labels.Text(entry.Label.EventUid);
        Labels.Time(entry.EventOccurredAt);
        Labels.Boolean(entry.Label.IsFraud);
        if (entry.Previous is { } previous) Labels.Boolean(previous);
        else Labels.Null();
        Labels.Time(entry.Label.KnownAt);
        Labels.Text(entry.Label.Source);
        Labels.Time(now);
        Labels.EndRow();
    }

    private void WriteRejected(RejectedRecord rejected, DateTime now)
    {
        Rejected.Text(Cut(rejected.Source, 255));
        Rejected.Number(rejected.Partition);
        Rejected.Number(rejected.Offset);
        Rejected.Text(rejected.Domain);
        Rejected.Text(Cut(rejected.EventUid, 128));
        Rejected.Text(StoredNames.Of(rejected.Reason));
        Rejected.Text(Cut(rejected.Field, 64));
        Rejected.Text(Cut(rejected.Value, 200));
        Rejected.Text(Cut(rejected.Message, 16_000));
        Rejected.Binary(rejected.Payload.Span);
        Rejected.Time(now);
        Rejected.EndRow();
    }

    /// <summary>What is wrong with a record must not keep its rejection from being stored.</summary>
    private static string? Cut(string? text, int characters) => text is null || text.Length <= characters ? text : text[..characters];
}
