using System.Globalization;
using System.Text;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Writes one batch inside one transaction: rows first, the fence last. Rows of the next batch can load on another connection meanwhile,
/// because only the fence and what follows wait for the batch before.
/// </summary>
internal sealed class BatchTransaction(
    MySqlConnection connection, MySqlTransaction transaction, IEventTable events, BatchRows rows, BatchCommitterOptions options)
{
    internal static readonly string[] StateColumns = ["domain", "entity_type", "entity_id", "lane", "embedding_version", "seq", "format", "state"];
    private static readonly string[] HistoryColumns = ["domain", "entity_type", "entity_id", "part", "newest_day", "days"];
    private static readonly string[] SharedColumns = ["domain", "entity_type", "entity_id", "part", "format", "state"];
    private readonly BulkLoad load = new(connection, transaction);

    /// <summary>
    /// Loads the rows that no other batch can touch but moves nothing. A row that two batches may change has to wait for its turn: the later batch would
    /// hold its lock and wait for the earlier one, which waits for the lock.
    /// </summary>
    /// <returns>Events whose rows the server refused, all of the batch; then roll back.</returns>
    public async Task<IReadOnlyList<RefusedEvent>> LoadAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        var refused = new List<RefusedEvent>();
        rows.WriteEvents(batch, events);
        if (SmallBatch.IsOne(batch) && await LoadAtOnceAsync(batch, cancellationToken).ConfigureAwait(false)) return refused;
        if (batch.Events.Count > 0) await LoadEventsAsync(batch, 0, batch.Events.Count, refused, cancellationToken).ConfigureAwait(false);
        if (refused.Count > 0) return refused;
        rows.WriteRest(batch, options.TimeProvider.GetUtcNow().UtcDateTime, options);
        await LoadAllAsync("event_keys", BatchRows.KeyColumns, rows.Keys, false, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("anomaly_alerts", BatchRows.AlertColumns, rows.Alerts, false, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("alert_outbox", BatchRows.OutboxColumns, rows.Outbox, false, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("exception_hits", BatchRows.HitColumns, rows.Hits, false, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("event_labels", BatchRows.LabelColumns, rows.Labels, false, cancellationToken).ConfigureAwait(false);
        if (batch is { Checkpoint: { } checkpoint, IsCheckpointAlone: true }) await LoadCheckpointAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        return refused;
    }

    /// <summary>Loads a small batch by one statement; what it does not take as it is goes the long way, which says why.</summary>
    private async Task<bool> LoadAtOnceAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        rows.WriteRest(batch, options.TimeProvider.GetUtcNow().UtcDateTime, options);
        var small = new SmallBatch(connection, transaction);
        small.Add(events.Table, events.Columns, rows.Events);
        small.Add("event_keys", BatchRows.KeyColumns, rows.Keys);
        small.Add("anomaly_alerts", BatchRows.AlertColumns, rows.Alerts);
        small.Add("alert_outbox", BatchRows.OutboxColumns, rows.Outbox);
        small.Add("exception_hits", BatchRows.HitColumns, rows.Hits);
        small.Add("event_labels", BatchRows.LabelColumns, rows.Labels);
        return await small.TryLoadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves lanes and positions, marks labelled events and keeps rejected records and the checkpoint. The caller commits.</summary>
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

        if (batch.Checkpoint is { } kept) await KeepPartAsync(kept, batch.Lanes, cancellationToken).ConfigureAwait(false);
        await MarkLabelledAsync(batch, cancellationToken).ConfigureAwait(false);
        await CountHitsAsync(batch, cancellationToken).ConfigureAwait(false);
        string? fault = await load.UpsertAsync(
            "rejected_events", BatchRows.RejectedColumns, rows.Rejected, BatchRows.RejectedAgain, cancellationToken).ConfigureAwait(false);
        if (fault is not null) throw new BatchRefusedException($"The server refused rows of rejected_events: {fault}");
        foreach (SourceAdvance position in batch.Positions) await AdvanceAsync(position, batch, cancellationToken).ConfigureAwait(false);
        if (batch is { Checkpoint: { } checkpoint, IsCheckpointAlone: false }) await LoadCheckpointAsync(checkpoint, cancellationToken).ConfigureAwait(false);
    }

    private async Task LoadCheckpointAsync(StateCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        await LoadAllAsync("entity_state", StateColumns, checkpoint.Entities, true, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("entity_history", HistoryColumns, checkpoint.Histories, true, cancellationToken).ConfigureAwait(false);
        await LoadAllAsync("shared_state", SharedColumns, checkpoint.Shared, true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The fence of the shared counts: lanes may go to one process and the part to another.</summary>
    private async Task KeepPartAsync(StateCheckpoint checkpoint, IReadOnlyList<LaneAdvance> lanes, CancellationToken cancellationToken)
    {
        StatePart part = checkpoint.Part;
        string sql = string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE state_parts SET checkpoints = checkpoints + 1 WHERE domain = @domain AND part = {part.Number} AND epoch = {part.Epoch}");
        if (await ExecuteAsync(sql, cancellationToken).ConfigureAwait(false) != 1)
            throw new FencedException($"Another process has taken over part {part.Number} of the shared counts. Nothing of this batch was written.");
        await EmbeddingStateStore.KeepAsync(connection, transaction, checkpoint, lanes, cancellationToken).ConfigureAwait(false);
        if (!checkpoint.IsWhole) return;
        await using var command = new MySqlCommand(
            """
            DELETE FROM entity_history WHERE domain = @domain AND part <> @part;
            DELETE FROM shared_state WHERE domain = @domain AND part <> @part;
            DELETE FROM entity_state WHERE domain = @domain AND embedding_version <> @embedding;
            DELETE FROM embedding_states WHERE domain = @domain AND embedding_version <> @embedding
            """,
            connection,
            transaction);
        command.Parameters.AddWithValue("@domain", checkpoint.Domain);
        command.Parameters.AddWithValue("@part", part.Number);
        command.Parameters.AddWithValue("@embedding", checkpoint.EmbeddingVersion);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task LoadEventsAsync(CommitBatch batch, int from, int to, List<RefusedEvent> refused, CancellationToken cancellationToken)
    {
        await ExecuteAsync("SAVEPOINT bisect", cancellationToken).ConfigureAwait(false);
        string? fault = await load.LoadAsync(events.Table, events.Columns, rows.Events, from, to, false, cancellationToken).ConfigureAwait(false);
        if (fault is null) return;
        await ExecuteAsync("ROLLBACK TO SAVEPOINT bisect", cancellationToken).ConfigureAwait(false);
        if (to - from == 1)
        {
            refused.Add(new RefusedEvent(batch.Events[from].Event, fault, rows.Events.Slice(from, to).ToArray()));
            return;
        }

        int middle = from + ((to - from) / 2);
        await LoadEventsAsync(batch, from, middle, refused, cancellationToken).ConfigureAwait(false);
        await LoadEventsAsync(batch, middle, to, refused, cancellationToken).ConfigureAwait(false);
    }

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
            sql.Append(CultureInfo.InvariantCulture, $"UPDATE {events.Table} SET {events.LabelColumn} = {(label.Label.IsFraud ? 1 : 0)}, ")
                .Append(CultureInfo.InvariantCulture, $"label_known_at = '{label.Label.KnownAt:yyyy-MM-dd HH:mm:ss.ffffff}' ")
                .Append(CultureInfo.InvariantCulture, $"WHERE {events.RowsOf(events.Table)}lane = {label.Lane} AND seq = {label.EventSeq} ")
                .Append(CultureInfo.InvariantCulture, $"AND occurred_at = '{label.EventOccurredAt:yyyy-MM-dd HH:mm:ss.ffffff}';");
        }

        await ExecuteAsync(sql.ToString(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>By ascending number: two processes that count the same exceptions wait for each other, and never both.</summary>
    private async Task CountHitsAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        if (rows.Hits.Rows == 0) return;
        var sql = new StringBuilder();
        IEnumerable<IGrouping<long, ScoredEvent>> hits = batch.Events
            .Where(static scored => scored.Verdict.SuppressedBy != 0).GroupBy(static scored => scored.Verdict.SuppressedBy).OrderBy(static hit => hit.Key);
        foreach (IGrouping<long, ScoredEvent> hit in hits)
        {
            DateTime newest = hit.Max(static scored => scored.Event.OccurredAt);
            sql.Append(CultureInfo.InvariantCulture, $"UPDATE anomaly_exceptions SET hit_count = hit_count + {hit.Count()}, ")
                .Append(CultureInfo.InvariantCulture, $"last_hit_at = GREATEST(COALESCE(last_hit_at, '{newest:yyyy-MM-dd HH:mm:ss.ffffff}'), '{newest:yyyy-MM-dd HH:mm:ss.ffffff}') ")
                .Append(CultureInfo.InvariantCulture, $"WHERE exception_id = {hit.Key};");
        }

        await ExecuteAsync(sql.ToString(), cancellationToken).ConfigureAwait(false);
    }

    private static string FenceSql(CommitBatch batch)
    {
        var sql = new StringBuilder("UPDATE lanes SET seq = CASE lane");
        foreach (LaneAdvance lane in batch.Lanes) sql.Append(CultureInfo.InvariantCulture, $" WHEN {lane.Lane} THEN {lane.ToSeq}");
        sql.Append(" END");
        if (batch.Checkpoint is not null) sql.Append(", checkpoint_seq = seq");
        sql.Append(" WHERE domain = @domain AND (lane, epoch, seq) IN (");
        foreach (LaneAdvance lane in batch.Lanes) sql.Append(CultureInfo.InvariantCulture, $"({lane.Lane},{lane.Epoch},{lane.FromSeq}),");
        sql.Length--;
        return sql.Append(')').ToString();
    }

    private async Task AdvanceAsync(SourceAdvance position, CommitBatch batch, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder("INSERT INTO consumer_offsets (source, partition_id, domain, lane, next_offset) VALUES ");
        foreach (LaneAdvance lane in batch.Lanes)
            sql.Append(CultureInfo.InvariantCulture, $"(@source,{position.Partition},@domain,{lane.Lane},{position.NextOffset}),");
        sql.Length--;
        sql.Append(" ON DUPLICATE KEY UPDATE next_offset = VALUES(next_offset)");
        await using var command = new MySqlCommand(sql.ToString(), connection, transaction);
        command.Parameters.AddWithValue("@source", position.Source);
        command.Parameters.AddWithValue("@domain", events.Domain);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection, transaction);
        command.Parameters.AddWithValue("@domain", events.Domain);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
