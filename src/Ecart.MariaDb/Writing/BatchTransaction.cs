using System.Globalization;
using System.Text;
using Ecart.Events;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Writes one batch inside one transaction: rows first, the fence last. Rows of the next batch can load on another connection meanwhile,
/// because only the fence and what follows wait for the batch before.
/// </summary>
internal sealed class BatchTransaction(MySqlConnection connection, MySqlTransaction transaction, BatchRows rows, BatchCommitterOptions options)
{
    private static readonly string[] StateColumns = ["domain", "entity_type", "entity_id", "lane", "seq", "format", "state"];
    private static readonly string[] DayColumns = ["domain", "entity_type", "entity_id", "day", "events", "frauds"];
    private readonly BulkLoad load = new(connection, transaction);

    /// <summary>Loads every row of the batch but moves nothing.</summary>
    /// <returns>Rows of events that the server refused, now among the rejected.</returns>
    public async Task<IReadOnlyList<RejectedRecord>> LoadAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        var refused = new HashSet<int>();
        var refusals = new List<RejectedRecord>();
        if (batch.Events.Count > 0)
        {
            IEventTable table = rows.WriteEvents(batch);
            await LoadEventsAsync(batch, table, 0, batch.Events.Count, refused, refusals, cancellationToken).ConfigureAwait(false);
        }

        rows.WriteRest(batch, refused, refusals, options.TimeProvider.GetUtcNow().UtcDateTime, options.FlagThreshold);
        await LoadAllAsync("event_keys", BatchRows.KeyColumns, rows.Keys, false, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("anomaly_alerts", BatchRows.AlertColumns, rows.Alerts, false, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("alert_outbox", BatchRows.OutboxColumns, rows.Outbox, false, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("event_labels", BatchRows.LabelColumns, rows.Labels, false, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("rejected_events", BatchRows.RejectedColumns, rows.Rejected, true, cancellationToken).ConfigureAwait(false);
        await MarkLabelledAsync(batch, cancellationToken).ConfigureAwait(false);
        return refusals;
    }

    /// <summary>Moves lanes and positions and keeps the checkpoint. The caller commits.</summary>
    /// <exception cref="FencedException">A lane is not where its owner thinks.</exception>
    public async Task AdvanceAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Lanes.Count > 0)
        {
            int moved = await ExecuteAsync(FenceSql(batch), cancellationToken).ConfigureAwait(false);
            if (moved != batch.Lanes.Count)
            {
                throw new FencedException(
                    $"Another process has taken over {batch.Lanes.Count - moved} of {batch.Lanes.Count} lanes. Nothing of this batch was written. "
                    + "Let only one process replay into a database at a time, then run again: it goes on where the last commit ended.");
            }
        }

        foreach (SourceAdvance position in batch.Positions) await AdvanceAsync(position, batch, cancellationToken).ConfigureAwait(false);
        if (batch.Checkpoint is not { } checkpoint) return;
        await LoadAllAsync("entity_state", StateColumns, checkpoint.Entities, true, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("entity_daily", DayColumns, checkpoint.Days, true, cancellationToken).ConfigureAwait(false);
    }

    private async Task LoadEventsAsync(
        CommitBatch batch,
        IEventTable table,
        int from,
        int to,
        HashSet<int> refused,
        List<RejectedRecord> refusals,
        CancellationToken cancellationToken)
    {
        await ExecuteAsync("SAVEPOINT bisect", cancellationToken).ConfigureAwait(false);
        string? fault = await load.LoadAsync(table.Table, table.Columns, rows.Events, from, to, false, cancellationToken).ConfigureAwait(false);
        if (fault is null) return;
        await ExecuteAsync("ROLLBACK TO SAVEPOINT bisect", cancellationToken).ConfigureAwait(false);
        if (to - from == 1)
        {
            refused.Add(from);
            refusals.Add(Refusal(batch.Events[from], fault, rows.Events.Slice(from, to)));
            return;
        }

        int middle = from + ((to - from) / 2);
        await LoadEventsAsync(batch, table, from, middle, refused, refusals, cancellationToken).ConfigureAwait(false);
        await LoadEventsAsync(batch, table, middle, to, refused, refusals, cancellationToken).ConfigureAwait(false);
    }

    private static RejectedRecord Refusal(ScoredEvent scored, string fault, ReadOnlyMemory<byte> row) => new(
        "store",
        scored.Lane,
        scored.Seq,
        scored.Event.Domain,
        scored.Event.EventUid,
        RejectReason.RefusedByStore,
        null,
        null,
        $"The server refused event '{scored.Event.EventUid}': {fault}. Correct the field it names and send the event again.",
        row.ToArray());

    private async Task LoadAllAsync(string table, IReadOnlyList<string> columns, RowWriter source, bool replace, CancellationToken cancellationToken)
    {
        string? fault = await load.LoadAsync(table, columns, source, 0, source.Rows, replace, cancellationToken).ConfigureAwait(false);
        if (fault is not null) throw new BatchRefusedException($"The server refused rows of {table}: {fault}");
    }

    private async Task MarkLabelledAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Labels.Count == 0) return;
        var sql = new StringBuilder();
        foreach (LabelEntry label in batch.Labels)
        {
            sql.Append(CultureInfo.InvariantCulture, $"UPDATE financial_transactions SET is_confirmed_fraud = {(label.Label.IsFraud ? 1 : 0)}, ")
                .Append(CultureInfo.InvariantCulture, $"label_known_at = '{label.Label.KnownAt:yyyy-MM-dd HH:mm:ss.ffffff}' ")
                .Append(CultureInfo.InvariantCulture, $"WHERE lane = {label.Lane} AND seq = {label.EventSeq} ")
                .Append(CultureInfo.InvariantCulture, $"AND occurred_at = '{label.EventOccurredAt:yyyy-MM-dd HH:mm:ss.ffffff}';");
        }

        await ExecuteAsync(sql.ToString(), cancellationToken).ConfigureAwait(false);
    }

    private static string FenceSql(CommitBatch batch)
    {
        var sql = new StringBuilder("UPDATE lanes SET seq = CASE lane");
        foreach (LaneAdvance lane in batch.Lanes) sql.Append(CultureInfo.InvariantCulture, $" WHEN {lane.Lane} THEN {lane.ToSeq}");
        sql.Append(" END");
        if (batch.Checkpoint is not null) sql.Append(", checkpoint_seq = seq");
        sql.Append(" WHERE (lane, epoch, seq) IN (");
        foreach (LaneAdvance lane in batch.Lanes) sql.Append(CultureInfo.InvariantCulture, $"({lane.Lane},{lane.Epoch},{lane.FromSeq}),");
        sql.Length--;
        return sql.Append(')').ToString();
    }

    private async Task AdvanceAsync(SourceAdvance position, CommitBatch batch, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder("INSERT INTO consumer_offsets (source, partition_id, lane, next_offset) VALUES ");
        foreach (LaneAdvance lane in batch.Lanes)
            sql.Append(CultureInfo.InvariantCulture, $"(@source,{position.Partition},{lane.Lane},{position.NextOffset}),");
        sql.Length--;
        sql.Append(" ON DUPLICATE KEY UPDATE next_offset = VALUES(next_offset)");
        await using var command = new MySqlCommand(sql.ToString(), connection, transaction);
        command.Parameters.AddWithValue("@source", position.Source);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection, transaction);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
