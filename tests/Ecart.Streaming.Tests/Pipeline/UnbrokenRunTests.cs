using System.Runtime.InteropServices;
using System.Text.Json;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>A replay that nothing disturbs.</summary>
public sealed class UnbrokenRunTests(MariaDbFixture server)
{
    [Fact]
    public async Task Run_MixedStream_StoresWhatAnEngineAloneSays()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(1);
        ReplayPipeline pipeline = await database.ReplayAsync(items);
        EngineAlone alone = EngineAlone.Run(items, database.Options);

        Dictionary<string, StoredVerdict> stored = await StoredVerdict.ReadAllAsync(database.ConnectionString);
        Assert.Equal(alone.Verdicts.Count, stored.Count);
        foreach ((string uid, ScoredEvent scored) in alone.Verdicts) stored[uid].AssertSame(in scored);
        Assert.True(alone.Verdicts.Values.Count(scored => scored.Verdict.IsLate) > 3);
        Assert.Contains(stored.Values, verdict => verdict.Reasons.Any(reason => reason.Type == EvidenceCode.EntityHistory));
        Assert.Equal(alone.Verdicts.Count, pipeline.Counters.Committed);
        Assert.Equal(alone.Verdicts.Values.Count(scored => scored.Verdict.IsLate), pipeline.Counters.Late);
        Assert.Equal(alone.Verdicts.Values.Count(scored => scored.Verdict.IsAnomaly), pipeline.Counters.Flagged);
        Assert.Equal(alone.Duplicates, pipeline.Counters.Duplicates);
        Assert.Equal(alone.Labels, pipeline.Counters.Labels);
        Assert.Equal(alone.Rejected, pipeline.Counters.Rejected);
    }

    [Fact]
    public async Task Settled_AfterEveryBatch_AllThatTheEngineKnowsIsCommitted()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(3);
        var moments = new List<(long Committed, long InLog)>();
        ReplayPipeline pipeline = null!;
        pipeline = new ReplayPipeline(
            database.ConnectionString,
            new DomainStore(database.ConnectionString, static () => new TransactionTable()),
            () => new TransactionEngine(database.Options),
            database.Pipeline with { SettleEvery = TimeSpan.Zero },
            database.Committer,
            TimeProvider.System)
        {
            Settled = engine => moments.Add((
                pipeline.Counters.Committed + pipeline.Counters.Labels,
                ((TransactionEngine)engine).PublishProfiles(null, onlyChanged: false).Max(profile => profile.Seq))),
        };
        Assert.True(await pipeline.RunAsync(() => new MemorySource(items), TestContext.Current.CancellationToken));

        Assert.True(moments.Count > items.Count / (2 * database.Pipeline.BatchSize));
        Assert.All(moments, moment => Assert.InRange(moment.InLog, 1, moment.Committed));
        Assert.Equal(moments.Select(moment => moment.Committed).Order(), moments.Select(moment => moment.Committed));
    }

    [Fact]
    public async Task Run_MixedStream_KeepsEveryTableConsistent()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(2);
        EngineAlone alone = EngineAlone.Run(items, database.Options);
        ReplayPipeline pipeline = await database.ReplayAsync(items);

        long alerts = alone.Verdicts.Values.Count(scored => scored.Verdict.RaisesAlert);
        Assert.True(alerts > 20);
        Assert.Equal(alerts, await database.CountAsync("SELECT COUNT(*) FROM anomaly_alerts"));
        Assert.Equal(alerts, Enum.GetValues<Severity>().Sum(pipeline.Counters.Alerts));
        Assert.Equal(
            alerts,
            await database.CountAsync(
                """
                SELECT COUNT(*) FROM anomaly_alerts a JOIN alert_outbox o ON o.domain = a.domain AND o.event_uid = a.event_uid
                JOIN financial_transactions t ON t.lane = a.lane AND t.seq = a.seq AND t.occurred_at = a.occurred_at
                WHERE t.transaction_id = a.event_uid AND t.is_flagged AND t.fraud_score = a.score AND CONCAT(t.severity) = CONCAT(a.severity)
                    AND JSON_VALID(a.explanation) AND JSON_VALUE(o.payload, '$.anomaly_score') = a.score
                """));
        Assert.Equal(
            alone.Verdicts.Count,
            await database.CountAsync(
                """
                SELECT COUNT(*) FROM financial_transactions t
                JOIN event_keys k ON k.lane = t.lane AND k.seq = t.seq AND k.occurred_at = t.occurred_at
                    AND k.uid_hash = UNHEX(LEFT(SHA2(CONCAT('transactions', CHAR(0), t.transaction_id), 256), 32))
                """));
        Assert.Equal(alone.Verdicts.Count, await database.CountAsync("SELECT COUNT(*) FROM event_keys"));
        Assert.Equal(0, await database.CountAsync(
            """
            SELECT COUNT(*) FROM lanes l WHERE l.seq <> (SELECT COUNT(*) FROM financial_transactions t WHERE t.lane = l.lane)
                + (SELECT COUNT(*) FROM event_labels e WHERE e.lane = l.lane) OR l.checkpoint_seq <> l.seq OR l.epoch <> 1
            """));
        Assert.Equal(64, await database.CountAsync($"SELECT COUNT(*) FROM consumer_offsets WHERE next_offset = {items.Count}"));
        Assert.Equal(alone.Labels, await database.CountAsync("SELECT COUNT(*) FROM event_labels"));
        Assert.Equal(alone.Rejected, await database.CountAsync("SELECT COUNT(*) FROM rejected_events"));
        foreach (string reason in new[] { "conflicting_duplicate", "unknown_event", "malformed" })
            Assert.True(await database.CountAsync($"SELECT COUNT(*) FROM rejected_events WHERE reason = '{reason}'") > 0, reason);
    }

    [Fact]
    public async Task Run_SameSourceAgain_AddsNothing()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(3);
        await database.ReplayAsync(items);
        StoredRows before = await database.ReadAsync();

        ReplayPipeline again = await database.ReplayAsync(items);

        StoredRows.AssertEqual(before, await database.ReadAsync());
        Assert.Equal(0, again.Counters.Committed);
        Assert.Equal(items.Count, again.Counters.Skipped);
    }

    [Fact]
    public async Task Run_SameEventsUnderAnotherName_AreDuplicates()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Items(CardStream.Events(4, 20, 6));
        await database.ReplayAsync(items);
        StoredRows before = await database.ReadAsync();

        ReplayPipeline again = database.MakePipeline();
        await again.RunAsync(() => new MemorySource(items) { Name = "other" }, TestContext.Current.CancellationToken);

        Assert.Equal(items.Count, again.Counters.Duplicates);
        StoredRows after = await database.ReadAsync();
        foreach (string table in new[] { "financial_transactions", "event_keys", "anomaly_alerts", "alert_outbox", "rejected_events", "lanes", "entity_state" })
            Assert.Equal(before.ByTable[table], after.ByTable[table]);
    }

    [Fact]
    public async Task Run_InsertFormat_StoresTheSameRows()
    {
        string[] texts = ["tab\there", "line\nfeed\r\n", "back\\slash \\N \\", "it's \"quoted\" `so`", "emoji 🦊 ünïcode 漢字", "", " ", "\0nul", "NULL", "%_;--"];
        List<TransactionEvent> events = CardStream.Events(5, 20, 6);
        List<ReplayItem> items = CardStream.Items(events.Select((transaction, i) => CardStream.Copy(
            transaction, uid: $"{i} {texts[i % texts.Length]}", account: transaction.AccountId + texts[(i / 7) % texts.Length], city: texts[(i / 3) % texts.Length])));
        ReplayDatabase load = await ReplayDatabase.CreateAsync(server);
        await load.ReplayAsync(items);
        ReplayDatabase insert = (await ReplayDatabase.CreateAsync(server)).With(committer: new BatchCommitterOptions { Format = RowFormat.Insert });
        await insert.ReplayAsync(items);

        StoredRows.AssertEqual(await load.ReadAsync(), await insert.ReadAsync());
        Dictionary<string, StoredVerdict> stored = await StoredVerdict.ReadAllAsync(insert.ConnectionString);
        foreach (ReplayItem item in items)
            Assert.Equal(((TransactionEvent)item.Event!).City, stored[item.Event!.EventUid].City);
    }
}
