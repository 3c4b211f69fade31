using Ecart.Checker.Comparing;
using Ecart.Checker.Producing;
using Ecart.Checker.Service;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Checker.Tests;

/// <summary>A checker that finds nothing proves little unless it finds what is wrong.</summary>
public sealed class ComparisonTests
{
    private static readonly string[] Damages =
    [
        "event lost;DELETE FROM financial_transactions ORDER BY lane, seq LIMIT 1",
        "content differs;UPDATE financial_transactions SET amount = amount + 0.01 ORDER BY lane, seq LIMIT 1",
        "verdict differs;UPDATE financial_transactions SET rank_score = rank_score + 1e-12 WHERE NOT is_late ORDER BY lane, seq LIMIT 1",
        "event keys;DELETE FROM event_keys LIMIT 1",
        "alert lost;DELETE FROM anomaly_alerts LIMIT 1",
        "outbox message lost;DELETE FROM alert_outbox LIMIT 1",
        "label lost;DELETE FROM event_labels LIMIT 1",
        "label of the row differs;UPDATE financial_transactions SET is_confirmed_fraud = NOT is_confirmed_fraud WHERE is_confirmed_fraud IS NOT NULL LIMIT 1",
        "order of the lane differs;UPDATE financial_transactions SET seq = seq + 1000000 ORDER BY lane, seq LIMIT 1",
        "lanes that are not as long;UPDATE lanes SET seq = seq + 1 WHERE lane = 0",
        "lanes with a position;UPDATE consumer_offsets SET next_offset = next_offset + 1 WHERE lane = 3",
        "rejected records that are none;INSERT INTO rejected_events (source, partition_id, source_offset, domain, reason, message, payload) VALUES ('a', 0, 0, 'b', 'c', 'd', '')",
    ];

    [Fact]
    public async Task Comparison_StoreDamaged_FindsEachDamage()
    {
        using TestFolder folder = TestFolder.Create("damage");
        var options = new CheckOptions
        {
            Seed = 6,
            Events = 1500,
            Rate = 0,
            ServiceKills = 0,
            ServerKills = 0,
            Pauses = 0,
            ConnectionKills = 0,
            CommitCuts = 0,
        };
        CheckResult clean = await CheckRun.RunAsync(options, folder.Path, _ => { }, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(clean.Findings.Count == 0, string.Join('\n', clean.Findings.Lines));
        Assert.True(clean is { Events: 1500, Alerts: > 0, Labels: > 0 });

        List<ProducedItem> items = ProducedStream.Make(options);
        await using CheckedDatabase database = await CheckedDatabase.StartSmallAsync(Path.Combine(folder.Path, "mariadb"), TestContext.Current.CancellationToken);
        var kinds = new List<string>();
        foreach (string damage in Damages)
        {
            string[] parts = damage.Split(';');
            await ExecuteAsync(database, parts[1]);
            var comparison = new StoreComparison(database, TestContext.Current.CancellationToken);
            Findings findings = await comparison.RunAsync(items, options, PipelineProgram.Options);
            kinds.Add(parts[0]);
            foreach (string kind in kinds) Assert.Contains(findings.Lines, line => line.StartsWith(kind, StringComparison.Ordinal));
        }
    }

    private static async Task ExecuteAsync(CheckedDatabase database, string sql)
    {
        await using MySqlConnection connection = await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new MySqlCommand(sql, connection);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
