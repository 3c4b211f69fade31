using Ecart.Checker.Producing;
using Ecart.Checker.Service;
using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using MySqlConnector;

namespace Ecart.Checker.Comparing;

/// <summary>Compares, row by row, what was produced with what is stored.</summary>
internal sealed class StoreComparison
{
    private readonly CheckedDatabase database;
    private readonly CancellationToken cancellationToken;
    private readonly Findings findings = new();
    private readonly EntityLog entities;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private bool isOrderTotal;

    public StoreComparison(CheckedDatabase database, CancellationToken cancellationToken)
    {
        this.database = database;
        this.cancellationToken = cancellationToken;
        entities = new EntityLog(findings);
    }

    /// <summary>Events found.</summary>
    public long Events { get; private set; }

    /// <summary>Labels found.</summary>
    public long Labels { get; private set; }

    /// <summary>Alerts found.</summary>
    public long Alerts { get; private set; }

    /// <summary>
    /// Compares everything. Each event, label, alert, outbox message and rejected record must be there once, with its content; every entity's log must be
    /// in the order of production; where <see cref="CheckOptions.IsOrderTotal"/>, each lane's log and each verdict must be those of an undisturbed run,
    /// else the verdicts those that the stored log gives, and the alerts those of the stored verdicts.
    /// </summary>
    /// <param name="items">What was produced, in order, through one producer.</param>
    /// <param name="options">What was checked.</param>
    /// <param name="domain">The options by which the service scored.</param>
    /// <returns>What is wrong.</returns>
    public async Task<Findings> RunAsync(IReadOnlyList<ProducedItem> items, CheckOptions options, TransactionOptions domain)
    {
        isOrderTotal = options.IsOrderTotal;
        ReferenceScoring reference = ReferenceScoring.Run(items, domain);
        await CompareEventsAsync(reference);
        await CompareLabelsAsync(reference);
        if (isOrderTotal)
        {
            await CompareAlertsAsync(ExpectedAlerts(reference));
        }
        else
        {
            entities.Compare(items);
            await new ReproducedSample(database.ConnectionString, findings).RunAsync([.. seen], options.Seed, cancellationToken);
            await CompareAlertsAsync(await StoredAlertsAsync());
        }

        await new RejectedComparison(database, findings).RunAsync(items, options.HasBroker && options.BrokerOutages + options.BrokerErrors > 0, cancellationToken);
        await CompareCountsAsync(reference);
        return findings;
    }

    private async Task CompareEventsAsync(ReferenceScoring reference)
    {
        await foreach (StoredRow actual in ReadAsync(StoredRow.Query, StoredRow.Read))
        {
            Events++;
            if (!seen.Add(actual.Uid)) findings.Add("event stored twice", actual.Uid);
            if (!reference.Events.TryGetValue(actual.Uid, out ScoredEvent scored))
            {
                findings.Add("event that was never produced", actual.Uid);
                continue;
            }

            bool? label = reference.Known.TryGetValue(actual.Uid, out bool isFraud) ? isFraud : null;
            StoredRow expected = StoredRow.Of(in scored, label);
            Compare("content differs", actual.Uid, expected.Content, actual.Content);
            entities.AddEvent(((TransactionEvent)scored.Event).AccountId, actual.Uid);
            if (isOrderTotal)
            {
                Compare("order of the lane differs", actual.Uid, expected.Place, actual.Place);
                Compare("verdict differs", actual.Uid, expected.Verdict, actual.Verdict);
            }

            Compare("label of the row differs", actual.Uid, $"{expected.Label}", $"{actual.Label}");
        }

        foreach (string uid in reference.Events.Keys.Where(uid => !seen.Contains(uid))) findings.Add("event lost", uid);
    }

    private async Task CompareLabelsAsync(ReferenceScoring reference)
    {
        var missing = new Dictionary<(int Lane, long Seq), (string Uid, bool IsFraud, bool? Previous)>(reference.Labels);
        const string Query = "SELECT lane, seq, event_uid, is_fraud, previous FROM event_labels ORDER BY lane, seq";
        await foreach (((int, long) place, (string, bool, bool?) label) in ReadAsync(
            Query,
            row => ((row.GetInt32(0), row.GetInt64(1)), (row.GetString(2), row.GetBoolean(3), row.IsDBNull(4) ? (bool?)null : row.GetBoolean(4)))))
        {
            Labels++;
            entities.AddLabel(label.Item1, label.Item2, label.Item3);
            if (!isOrderTotal) continue;
            if (!missing.Remove(place, out (string Uid, bool IsFraud, bool? Previous) expected)) findings.Add("label that does not belong there", $"{place} {label}");
            else if (expected != label) findings.Add("label differs", $"{place}: expected {expected}, found {label}");
        }

        if (!isOrderTotal) return;
        foreach (KeyValuePair<(int Lane, long Seq), (string Uid, bool IsFraud, bool? Previous)> lost in missing) findings.Add("label lost", $"{lost}");
    }

    private static Dictionary<string, string> ExpectedAlerts(ReferenceScoring reference)
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ScoredEvent scored in reference.Events.Values)
        {
            if (!scored.Verdict.RaisesAlert) continue;
            expected.Add(scored.Event.EventUid, $"{scored.Lane}/{scored.Seq} {scored.Verdict.Severity.ToString().ToLowerInvariant()} {scored.Verdict.Score:R}");
        }

        return expected;
    }

    /// <summary>What must have been raised by the verdicts as they are stored: no exception is in force.</summary>
    private async Task<Dictionary<string, string>> StoredAlertsAsync()
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach ((string uid, string text) in ReadAsync(
            "SELECT transaction_id, lane, seq, CONCAT(severity), fraud_score FROM financial_transactions WHERE is_flagged",
            row => (row.GetString(0), $"{row.GetInt32(1)}/{row.GetInt64(2)} {row.GetString(3)} {row.GetDouble(4):R}")))
            expected[uid] = text;
        return expected;
    }

    private async Task CompareAlertsAsync(Dictionary<string, string> expected)
    {
        foreach ((string table, string query) in new[]
        {
            ("alert", "SELECT event_uid, lane, seq, CONCAT(severity), score FROM anomaly_alerts"),
            ("outbox message", "SELECT o.event_uid, a.lane, a.seq, CONCAT(a.severity), JSON_VALUE(o.payload, '$.anomaly_score') + 0e0 FROM alert_outbox o LEFT JOIN anomaly_alerts a USING (domain, event_uid)"),
        })
        {
            var missing = new Dictionary<string, string>(expected, StringComparer.Ordinal);
            await foreach ((string uid, string text) in ReadAsync(
                query, row => (row.GetString(0), row.IsDBNull(1) ? "without alert" : $"{row.GetInt32(1)}/{row.GetInt64(2)} {row.GetString(3)} {row.GetDouble(4):R}")))
            {
                Alerts += table == "alert" ? 1 : 0;
                if (!missing.Remove(uid, out string? right)) findings.Add($"{table} that should not be, or a second one", uid);
                else Compare($"{table} differs", uid, right, text);
            }

            foreach (string uid in missing.Keys) findings.Add($"{table} lost", uid);
        }
    }

    private async Task CompareCountsAsync(ReferenceScoring reference)
    {
        findings.Expect("event keys", reference.Events.Count, await database.CountAsync("SELECT COUNT(*) FROM event_keys", cancellationToken));
        findings.Expect(
            "event keys that lead to their event",
            reference.Events.Count,
            await database.CountAsync(
                """
                SELECT COUNT(*) FROM financial_transactions t
                JOIN event_keys k ON k.lane = t.lane AND k.seq = t.seq AND k.occurred_at = t.occurred_at
                    AND k.uid_hash = UNHEX(LEFT(SHA2(CONCAT('transactions', CHAR(0), t.transaction_id), 256), 32))
                """,
                cancellationToken));
        findings.Expect(
            "lanes that are not as long as their log",
            0,
            await database.CountAsync(
                """
                SELECT COUNT(*) FROM lanes l WHERE l.seq <> (SELECT COUNT(*) FROM financial_transactions t WHERE t.lane = l.lane)
                    + (SELECT COUNT(*) FROM event_labels e WHERE e.lane = l.lane)
                """,
                cancellationToken));
        findings.Expect(
            "lanes with a position of their own", 0,
            await database.CountAsync(
                $"""
                 SELECT COUNT(*) FROM (SELECT source FROM consumer_offsets GROUP BY source, partition_id
                     HAVING COUNT(*) <> {LaneMap.Count} OR MIN(next_offset) <> MAX(next_offset)) uneven
                 """,
                cancellationToken));
    }

    private void Compare(string kind, string uid, string expected, string actual)
    {
        if (!string.Equals(expected, actual, StringComparison.Ordinal)) findings.Add(kind, $"{uid}: expected {expected}, found {actual}");
    }

    private async IAsyncEnumerable<TResult> ReadAsync<TResult>(string sql, Func<MySqlDataReader, TResult> read)
    {
        await using MySqlConnection connection = await database.OpenAsync(cancellationToken);
        await using var command = new MySqlCommand(sql, connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken)) yield return read(row);
    }
}
