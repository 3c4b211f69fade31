using System.Buffers.Binary;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>One batch spelled as the rows of every table it goes into. Reused; not thread-safe.</summary>
internal sealed class BatchRows(RowFormat format, IReadOnlyDictionary<string, IEventTable> tables)
{
    internal static readonly string[] KeyColumns = ["uid_hash", "content_hash", "domain", "lane", "seq", "occurred_at", "received_day"];

    internal static readonly string[] AlertColumns =
    [
        "domain", "event_uid", "lane", "seq", "occurred_at", "entity_type", "entity_id", "alert_type", "severity", "score", "explanation", "created_at",
        "updated_at",
    ];

    internal static readonly string[] OutboxColumns = ["domain", "event_uid", "route", "payload", "created_at", "next_attempt_at"];

    internal static readonly string[] LabelColumns =
        ["lane", "seq", "domain", "event_uid", "occurred_at", "is_fraud", "previous", "known_at", "source", "received_at"];

    internal static readonly string[] RejectedColumns =
        ["source", "partition_id", "source_offset", "domain", "event_uid", "reason", "field", "value", "message", "payload", "received_at"];

    private readonly ReasonsWriter reasons = new();

    public RowWriter Events { get; } = new(format);

    public RowWriter Keys { get; } = new(format);

    public RowWriter Alerts { get; } = new(format);

    public RowWriter Outbox { get; } = new(format);

    public RowWriter Labels { get; } = new(format);

    public RowWriter Rejected { get; } = new(format);

    /// <summary>Spells the event rows: all events of a batch are of one domain.</summary>
    public IEventTable WriteEvents(CommitBatch batch)
    {
        Events.Clear();
        IEventTable table = tables[batch.Events[0].Event.Domain];
        foreach (ScoredEvent scored in batch.Events) table.WriteRow(in scored, Events);
        return table;
    }

    /// <summary>Spells everything else, leaving out events that the server refused.</summary>
    public void WriteRest(CommitBatch batch, IReadOnlySet<int> refused, IReadOnlyList<RejectedRecord> refusals, DateTime now, double threshold)
    {
        foreach (RowWriter rows in new[] { Keys, Alerts, Outbox, Labels, Rejected }) rows.Clear();
        for (int i = 0; i < batch.Events.Count; i++)
        {
            if (refused.Contains(i)) continue;
            ScoredEvent scored = batch.Events[i];
            WriteKey(in scored, batch.Keys[i], now);
            if (scored.Verdict.RaisesAlert) WriteAlert(in scored, now, threshold);
        }

        foreach (LabelEntry label in batch.Labels) WriteLabel(label, now);
        foreach (RejectedRecord rejected in batch.Rejected) WriteRejected(rejected, now);
        foreach (RejectedRecord rejected in refusals) WriteRejected(rejected, now);
    }

    private void WriteKey(in ScoredEvent scored, UInt128 key, DateTime now)
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
        Keys.Time(now.Date);
        Keys.EndRow();
    }

    private void WriteAlert(in ScoredEvent scored, DateTime now, double threshold)
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
        reasons.WriteExplanation(scored.Verdict, threshold, Alerts);
        Alerts.Time(now);
        Alerts.Time(now);
        Alerts.EndRow();

        Outbox.Text(domainEvent.Domain);
        Outbox.Text(domainEvent.EventUid);
        Outbox.Text(RouteOf(scored.Verdict.Severity));
        reasons.WriteMessage(in scored, Outbox);
        Outbox.Time(now);
        Outbox.Time(now);
        Outbox.EndRow();
    }

    private static string RouteOf(Severity severity) => severity switch
    {
        Severity.Critical => "pagerduty",
        Severity.High => "slack",
        _ => "dashboard",
    };

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
        Rejected.Text(rejected.Source);
        Rejected.Number(rejected.Partition);
        Rejected.Number(rejected.Offset);
        Rejected.Text(rejected.Domain);
        Rejected.Text(rejected.EventUid);
        Rejected.Text(StoredNames.Of(rejected.Reason));
        Rejected.Text(rejected.Field);
        Rejected.Text(rejected.Value);
        Rejected.Text(rejected.Message);
        Rejected.Binary(rejected.Payload.Span);
        Rejected.Time(now);
        Rejected.EndRow();
    }
}
